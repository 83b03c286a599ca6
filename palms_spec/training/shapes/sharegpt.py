"""`{"conversations": [{"from": "human" or "gpt", "value"}], "system"}`, turns alternating."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit

SPEAKERS = {"user": "human", "assistant": "gpt"}


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "sharegpt", alternate=True)
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    conversations = [{"from": SPEAKERS[turn["role"]], "value": turn["content"]} for turn in turns]
    return {"conversations": conversations, "system": system or ""}
