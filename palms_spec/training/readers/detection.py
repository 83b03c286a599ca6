"""In which format the rows of files are written, as the rows themselves say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from palms_spec.errors import UsageError
from palms_spec.training.readers.formats import FORMATS, Format, readings
from palms_spec.training.readers.source_files import SourceFile
from palms_spec.training.readers.source_rows import SourceRow, source_rows

LOOKED_AT = 1000
"""So many rows of each file are looked at."""


@dataclass(frozen=True, slots=True)
class Detected:
    """A format, and the keys of the first row by which it is known; none where the user said so."""

    format: Format
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A format that some rows have, and the first of them."""

    format: Format
    keys: tuple[str, ...]
    where: str


def detect(files: Iterable[SourceFile]) -> Detected:
    """The one format that all rows have which have any.

    Raises UsageError where that is none or several, with the readings and where they were met.
    """
    common: list[Format] | None = None
    first: dict[str, _Found] = {}
    unknown, seen = "", False
    for place, row in _first_rows(files):
        seen = True
        found = readings(row) if isinstance(row, dict) else []
        if not found:
            unknown = unknown or f"{place} {_described(row)}"
            continue
        assert isinstance(row, dict)
        for one in found:
            keys = one.found_in(row) or one.found_in(row, nulls=True)
            first.setdefault(one.name, _Found(one, keys, place))
        common = [one for one in common or found if one in found] if common is None or common else []
    if not seen:
        raise UsageError("there are no rows to import")
    if common is None:
        raise UsageError(
            f"no row has a format that palms knows: {unknown}",
            hint=f"formats are {'; '.join(_keys(one) for one in FORMATS)}",
        )
    if len(common) == 1:
        return Detected(common[0], first[common[0].name].keys)
    raise _several(common or [one for one in FORMATS if one.name in first], first, mixed=not common)


def _several(formats: list[Format], first: dict[str, _Found], *, mixed: bool) -> UsageError:
    found = [first[one.name] for one in formats]
    if mixed:
        listed = " and ".join(f"{one.format.name} ({', '.join(one.keys)}, first in {one.where})" for one in found)
        return UsageError(
            f"the rows are of several formats: {listed}",
            hint=f"--format {found[0].format.name} imports the rows of one, and names the others",
        )
    listed = " or as ".join(f"{one.format.name} ({', '.join(one.keys)})" for one in found)
    return UsageError(
        f"the rows can be read as {listed}, as in {found[0].where}",
        hint="say which: " + " or ".join(f"--format {one.format.name}" for one in found),
    )


def _first_rows(files: Iterable[SourceFile]) -> Iterator[tuple[str, object]]:
    for file in files:
        for row in islice(source_rows(file), LOOKED_AT):
            yield where(file, row), row.value


def where(file: SourceFile, row: SourceRow) -> str:
    """A row as it is named: with its line, or with its number where there are no lines."""
    return f"{file.name}:{row.line}" if row.line else f"{file.name}, row {row.number}"


def _described(row: object) -> str:
    if isinstance(row, dict):
        return f"has {', '.join(list(row)[:8])}" if row else "is empty"
    return "cannot be read" if row is None else "is no mapping"


def _keys(one: Format) -> str:
    return f"{one.name} ({' or '.join(' and '.join(keys) for keys in one.keys)})"
