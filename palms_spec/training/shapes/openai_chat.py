"""`{"messages": [{"role", "content"}], "tools"?, "weight"?}`: what most targets take."""

from __future__ import annotations

from palms_spec.targets.call_ids import short_id
from palms_spec.training.dialect import Dialect
from palms_spec.training.fields import beside_text
from palms_spec.training.record import Message, Record
from palms_spec.training.shapes.emitter import Row
from palms_spec.training.unfit import Unfit


def emit(record: Record, dialect: Dialect) -> Row | Unfit:
    """The row for a record."""
    if record.plain and not dialect.message_weight and not dialect.row_weight:
        return {"messages": record.messages}
    if not dialect.tools and (unfit := beside_text(record, "openai-chat without tools")):
        return unfit
    row: Row = {"messages": [_message(message, dialect) for message in record.messages]}
    if record.tools is not None:
        row["tools"] = record.tools
    if dialect.row_weight:
        row["weight"] = 1.0 if record.weight is None else float(record.weight)
    return row


def _message(message: Message, dialect: Dialect) -> Message:
    written = {"role": message["role"], "content": message["content"]}
    if "name" in message:
        written["name"] = message["name"]
    is_answer = message["role"] == "assistant"
    if dialect.message_weight == "trainable":
        written["trainable"] = is_answer and message.get("weight", 1) != 0
    elif dialect.message_weight and is_answer:
        written[dialect.message_weight] = int(message.get("weight", 1))
    if calls := message.get("tool_calls"):
        written["tool_calls"] = [_renamed(call, "id", dialect) for call in calls]
    if "tool_call_id" in message:
        written["tool_call_id"] = message["tool_call_id"]
        return _renamed(written, "tool_call_id", dialect)
    return written


def _renamed(value: Message, key: str, dialect: Dialect) -> Message:
    """The same with an id as long as the target wants it."""
    if not dialect.call_id_length or not isinstance(value.get(key), str):
        return value
    return {**value, key: short_id(value[key], dialect.call_id_length)}
