"""`{"input": {"messages": [...]}, "preferred_output": [one message], "non_preferred_output": [one message]}`."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.fields import beside_text
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import pair
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    if unfit := beside_text(record, "openai-dpo"):
        return unfit
    parts = pair(record)
    if isinstance(parts, Unfit):
        return parts
    prompt, chosen, rejected = parts
    return {"input": {"messages": prompt}, "preferred_output": [chosen], "non_preferred_output": [rejected]}
