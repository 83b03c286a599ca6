"""`{"prompt": [messages], "completion": [the answer]}`: any conversation, with the loss on its last answer."""

from __future__ import annotations

from palms_spec.training.dialect import Dialect
from palms_spec.training.fields import beside_text
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.turn_order import ANSWER_NOT_LAST
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    if unfit := beside_text(record, "prompt-completion-chat"):
        return unfit
    if record.messages[-1]["role"] != "assistant":
        return ANSWER_NOT_LAST
    return {"prompt": record.messages[:-1], "completion": record.messages[-1:]}
