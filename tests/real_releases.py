"""Three releases of a published specification, and what can be told of them by expressions over their raw text."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from tests.realdata import FOLDER

RELEASES = ("2025-02-12", "2025-04-11", "2025-10-27")
STEPS = tuple(pairwise(RELEASES))
HERE = FOLDER / "model-spec"

FENCE = re.compile(r"^~~~xml\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.*?) \{#(\w+)(?: authority=(\w+))?\}$", re.MULTILINE)


@cache
def text_of(release: str) -> str:
    """The text of a release."""
    return (HERE / f"{release}.md").read_text("utf-8")


@cache
def outside_of(release: str) -> str:
    """The text without its fences."""
    return FENCE.sub("", text_of(release))
