"""`{"system"?: "...", "messages": [{"role", "content"}]}`, turns alternating."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "bedrock-claude", alternate=True)
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    messages = [{"role": turn["role"], "content": turn["content"]} for turn in turns]
    return {"messages": messages} if system is None else {"system": system, "messages": messages}
