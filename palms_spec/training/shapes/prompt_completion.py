"""`{"prompt": "...", "completion": "..."}`: question and answer as they are, with nothing between them."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import question_and_answer
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = question_and_answer(record, "prompt-completion")
    if isinstance(parts, Unfit):
        return parts
    return {"prompt": parts[0], "completion": parts[1]}
