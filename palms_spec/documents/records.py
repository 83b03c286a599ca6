"""Files of records: one JSON mapping a line, appended to and never edited."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from palms_spec.documents.document import Defect
from palms_spec.documents.model import Model

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Line(Generic[Record]):
    """A line that is not blank: its number, from 1, its first byte in the file, and its record, or what is wrong."""

    number: int
    first_byte: int
    record: Record | None
    defect: Defect | None = None


def read_records(data: bytes, model: type[Record]) -> Iterator[Line[Record]]:
    """The lines of a file of records."""
    at = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    for number, line in enumerate(data[at:].split(b"\n"), 1):
        if line.strip():
            try:
                yield Line(number, at, model.model_validate_json(line))
            except ValidationError as error:
                yield Line(number, at, None, _defect(error))
        at += len(line) + 1


def _defect(error: ValidationError) -> Defect:
    """The first thing that is wrong with a line, and how many more are."""
    details = error.errors(include_url=False, include_input=False)
    first = details[0]
    where = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    more = f" (and {len(details) - 1} more)" if len(details) > 1 else ""
    return Defect(
        "schema-violation", f"no record: {where + ': ' if where else ''}{message}{more}", "a record is one JSON mapping"
    )
