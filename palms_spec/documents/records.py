"""Files of records: one JSON mapping a line, appended to and never edited."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from palms_spec.documents.document import Defect
from palms_spec.documents.model import Model
from palms_spec.documents.opening import tree_defects
from palms_spec.documents.validation import validate
from palms_spec.errors import SourceSyntaxError, UnreadableSource
from palms_spec.sources.json import loads, read_json
from palms_spec.sources.text import SourceText

MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"

_LINE_ENDS_OR_HALVES = re.compile("[\x85\u2028\u2029\ud800-\udfff]").search


def _is_moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no moment {text}") from None
    return text


Moment = Annotated[
    str,
    StringConstraints(pattern=MOMENT),
    AfterValidator(_is_moment),
    Field(description="A moment with its zone: 2027-01-31T10:00:00Z."),
]


class RecordModel(Model):
    """What a line of a file of records holds."""

    @classmethod
    def at_a_glance(cls, raw: bytes) -> Self | None:
        """The record of a line, where it can be told without preparing a validator; None says nothing."""
        return None

    def as_line(self) -> str:
        """The line of a record file, which is one line to every reader, and UTF-8, whatever it holds."""
        value = self.model_dump(exclude_none=True)
        line = json.dumps(value, ensure_ascii=False)
        if _LINE_ENDS_OR_HALVES(line):
            line = json.dumps(value)
        return line + "\n"


Record = TypeVar("Record", bound=RecordModel)


@dataclass(frozen=True, slots=True)
class Line(Generic[Record]):
    """A line that is not blank: its number, from 1, its first byte in the file, and its record, or what is wrong."""

    number: int
    first_byte: int
    record: Record | None
    defects: tuple[Defect, ...] = ()


def read_records(data: bytes, model: type[Record]) -> Iterator[Line[Record]]:
    """The lines of a file of records."""
    at = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    for number, line in enumerate(data[at:].split(b"\n"), 1):
        if line.strip():
            yield Line(number, at, *read_record(line, model))
        at += len(line) + 1


def read_record(raw: bytes, model: type[Record]) -> tuple[Record | None, tuple[Defect, ...]]:
    """The record of a line that is not blank, or its defects, whose offsets count characters of the line."""
    record = model.at_a_glance(raw)
    if record is not None:
        return record, ()
    try:
        loads(raw)
    except UnreadableSource as error:
        return None, (Defect("unreadable-document", error.message, error.hint, offset=error.offset),)
    except SourceSyntaxError as error:
        return None, (Defect("syntax-error", error.message, error.hint, offset=error.offset),)
    root = read_json(SourceText("", raw.decode()))
    assert root is not None, "it parsed"
    found, defects = validate(model, root)
    defects = [*tree_defects(root), *defects]
    return (None, tuple(defects)) if defects or not isinstance(found, model) else (found, ())
