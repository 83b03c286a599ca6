"""Files in a dataset's folder that look like samples, though no dataset claims them."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import PurePosixPath

from palms_spec.documents.discovery import RECORD_FOLDERS, ROW_SUFFIXES
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.suppressions import suppressions_in
from palms_spec.errors import UnreadableSource

SAMPLE_KEYS = (b"category:", b"positions:", b"origin:")
UNCLAIMED = "unclaimed"


def unclaimed_samples(
    names: Iterable[str], folders: dict[str, Document], peek: Callable[[str], bytes]
) -> Iterator[Document]:
    """Each as a document with that one defect. `folders` are those of the datasets."""
    for name in names:
        parts = PurePosixPath(name).parts
        owner = next((document for folder, document in folders.items() if _below(name, folder)), None)
        if owner is None or not RECORD_FOLDERS.isdisjoint(parts):
            continue
        looks = (
            _has_front_matter(name, peek)
            if name.endswith(".md")
            else name.endswith(ROW_SUFFIXES) and "samples" in parts
        )
        if looks:
            message = f"looks like a sample of {owner.id}, but no glob of a dataset claims it"
            hint = f"add a glob to samples in {owner.path}, or move the file"
            defects = [Defect("unclaimed-sample", message, hint, offset=0, causes=(owner.path,))]
            suppressions = suppressions_in(Document(name, peek(name))) if name.endswith(".md") else []
            yield Document(name, kind=UNCLAIMED, defects=defects, suppressions=suppressions)


def _has_front_matter(name: str, peek: Callable[[str], bytes]) -> bool:
    """Whether a Markdown file begins with front matter that holds a key of samples."""
    try:
        lines = peek(name).removeprefix(BOM_UTF8).splitlines()
    except UnreadableSource:
        return False
    if not lines or lines[0].rstrip() != b"---":
        return False
    front = takewhile(lambda line: line.rstrip() != b"---", lines[1:])
    return any(line.startswith(SAMPLE_KEYS) for line in front)


def _below(name: str, folder: str) -> bool:
    return folder == "." or name.startswith(folder + "/")
