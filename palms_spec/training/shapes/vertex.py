"""`{"systemInstruction"?: {"parts": [{"text"}]}, "contents": [{"role": "user" or "model", "parts": [{"text"}]}]}`."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit

ROLES = {"user": "user", "assistant": "model"}


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "vertex")
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    contents = [{"role": ROLES[turn["role"]], "parts": [{"text": turn["content"]}]} for turn in turns]
    if system is None:
        return {"contents": contents}
    return {"systemInstruction": {"parts": [{"text": system}]}, "contents": contents}
