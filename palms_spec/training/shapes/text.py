"""`{"text": "..."}`: all that is said, a blank line between one message and the next."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "text")
    if isinstance(parts, Unfit):
        return parts
    return {"text": "\n\n".join(message["content"] for message in record.messages)}
