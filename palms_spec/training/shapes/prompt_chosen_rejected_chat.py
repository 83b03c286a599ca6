"""`{"prompt": [messages], "chosen": [an answer], "rejected": [an answer]}`."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.fields import beside_text
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import pair
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    if unfit := beside_text(record, "prompt-chosen-rejected-chat"):
        return unfit
    parts = pair(record)
    if isinstance(parts, Unfit):
        return parts
    prompt, chosen, rejected = parts
    return {"prompt": prompt, "chosen": [chosen], "rejected": [rejected]}
