"""`{"instruction", "input", "output", "system", "history"}`: the last question and answer, and the turns before them.

All five keys stand in every row, so that no reader has to guess a column.
"""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.shapes.parts import system_and_turns
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    parts = system_and_turns(record, "alpaca-history", alternate=True)
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    said = [turn["content"] for turn in turns]
    return {
        "instruction": said[-2],
        "input": "",
        "output": said[-1],
        "system": system or "",
        "history": [[said[at], said[at + 1]] for at in range(0, len(said) - 2, 2)],
    }
