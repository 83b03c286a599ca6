"""`{"prompt": "...", "chosen": "...", "rejected": "..."}`."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import pair, question_and_answer
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    answers = pair(record)
    if isinstance(answers, Unfit):
        return answers
    parts = question_and_answer(record, "prompt-chosen-rejected")
    if isinstance(parts, Unfit):
        return parts
    return {"prompt": parts[0], "chosen": parts[1], "rejected": answers[2]["content"]}
