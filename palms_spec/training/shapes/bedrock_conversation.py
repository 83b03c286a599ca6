"""`{"schemaVersion", "system"?: [{"text"}], "messages": [{"role", "content": [{"text"}]}]}`, turns alternating."""

from __future__ import annotations

from palms_spec.targets.lines import BEDROCK_VERSION
from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "bedrock-conversation", alternate=True)
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    messages = [{"role": turn["role"], "content": [{"text": turn["content"]}]} for turn in turns]
    if system is None:
        return {"schemaVersion": BEDROCK_VERSION, "messages": messages}
    return {"schemaVersion": BEDROCK_VERSION, "system": [{"text": system}], "messages": messages}
