"""People as reviewers: what they are called in records, and the file that is theirs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from palms_spec.documents.records import read_record
from palms_spec.documents.review_files import SUFFIX
from palms_spec.documents.reviews import HUMAN, Review
from palms_spec.documents.slugs import slug
from palms_spec.errors import UsageError

MOST_CHARACTERS = 100
MODEL = "model:"


def as_reviewer(name: str) -> str:
    """The reviewer that a person is, by name. Raises UsageError for what is no name of a person."""
    name = " ".join(name.removeprefix(HUMAN).split())
    if name.startswith(MODEL):
        raise UsageError(f"{name} is a model, and palms review is for people", hint="give a name: --by NAME")
    if not name or len(name) > MOST_CHARACTERS or not name.isprintable():
        raise UsageError("a reviewer has a name of one line", hint="give one: --by NAME")
    return HUMAN + name


def mark_of(reviewer: str) -> str:
    """Eight hex digits that stand for a reviewer."""
    return hashlib.sha256(reviewer.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def file_for(folder: Path, reviewer: str) -> Path:
    """The file of a reviewer in a folder of review files, whether it is there or not: one that is called after them,
    and that is not somebody else's."""
    name = reviewer.removeprefix(HUMAN).removeprefix(MODEL)
    short = slug(name) if any(one.isalnum() and one.isascii() for one in name) else "reviewer"
    path = folder / (short + SUFFIX)
    return path if _is_free(path, reviewer) else folder / f"{short}-{mark_of(reviewer)}{SUFFIX}"


def _is_free(path: Path, reviewer: str) -> bool:
    try:
        with path.open("rb") as lines:
            records = (read_record(line, Review)[0] for line in lines if line.strip())
            first = next((record for record in records if record is not None), None)
    except FileNotFoundError:
        return True
    return first is None or first.reviewer == reviewer
