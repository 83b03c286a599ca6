"""What a published specification is called, and which release it is: from the path of its file.

Releases carry dates: `model-spec/2025-10-27.md` is version 2025.10.27 of `model-spec`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from palms_spec.documents.slugs import slug

UNDATED = "0.0.0"
UNNAMED = "published"
ANSWERS = "-answers"
"""What is added to the id of a specification for the dataset of the comparisons in which nothing stands against a good
answer; that of its preference pairs has the same id as the specification."""
_DATE = re.compile(
    r"(?<!\d)(?:(?<![^\W_])v)?(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_IS_ID = re.compile(r"\w[\w.+-]{0,99}").fullmatch
_EDGES = " -_."


def name_of(path: str) -> str:
    """The name of the file without date and ending; where that is all, the name of its folder, or `UNNAMED`."""
    pure = PurePosixPath(path)
    for name in (pure.stem, pure.parent.name):
        bare = _DATE.sub("", name).strip(_EDGES)
        if bare:
            return bare if _IS_ID(bare) else slug(bare)
    return UNNAMED


def version_of(path: str) -> str:
    """The date in the name of the file, as a version; `UNDATED` where there is none."""
    dates = list(_DATE.finditer(PurePosixPath(path).stem))
    return ".".join(dates[-1].group("year", "month", "day")) if dates else UNDATED
