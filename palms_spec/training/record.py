"""The canonical record: one sample as a conversation in OpenAI's form, whatever it is written as later.

Messages have `role` (system, user, assistant, tool) and `content`, always text, and where the sample says so `name`,
`weight` 0, `tool_calls` (arguments as JSON text) and `tool_call_id`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from palms_spec.documents.identity import content_id
from palms_spec.documents.sample import Sample, Turn
from palms_spec.training.tool_calls import portable_call

Message = dict[str, Any]
_SYSTEM = ("system", "developer")


@dataclass(slots=True)
class Record:
    """One sample. `rejected` is the other conversation of preference data. `plain`: there is nothing but text."""

    id: str
    path: str
    messages: list[Message]
    rejected: list[Message] = field(default_factory=list)
    tools: list[dict[str, Any]] | None = None
    weight: float | None = None
    category: str | None = None
    positions: list[str] = field(default_factory=list)
    plain: bool = True

    @property
    def texts(self) -> list[str]:
        """Every text that a model gets to read or learns to write, each once."""
        messages = self.messages
        if self.rejected:
            messages = messages + self.rejected[-1:]
        texts = [message["content"] for message in messages]
        if not self.plain:
            texts += [call["function"]["arguments"] for message in messages for call in message.get("tool_calls") or ()]
        return texts


def record_of(sample: Sample, path: str, system_prompt: str | None = None) -> Record:
    """The record of a sample that stands at a path.

    A dataset's system prompt comes before the conversation, unless the sample has a system message of its own; what
    `developer` says counts as such. A sample without an id gets one from its content. Raises ValueError for numbers
    that JSON does not have.
    """
    turns = sample.turns
    plain = sample.tools is None and sample.weight is None
    messages: list[Message] = []
    for turn in turns:
        if turn.extra is None and turn.role != "developer":
            messages.append({"role": turn.role, "content": turn.content})
        else:
            plain = plain and turn.extra is None
            messages.append(_message(turn))
    rejected = [_message(turn) for turn in sample.rejected]
    plain = plain and all(turn.extra is None for turn in sample.rejected)
    if system_prompt is not None and turns[0].role not in _SYSTEM:
        system = {"role": "system", "content": system_prompt}
        messages.insert(0, system)
        if rejected:
            rejected.insert(0, system)
    if not plain:
        json.dumps((messages, rejected, sample.tools), allow_nan=False)
    return Record(
        _encodable(sample.id or content_id(turns)),
        _encodable(path),
        messages,
        rejected,
        sample.tools or None,
        sample.weight,
        sample.category,
        sample.positions,
        plain,
    )


def _encodable(name: str) -> str:
    """A name as it is, unless it comes from a file whose name is no text."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def _message(turn: Turn) -> Message:
    role = turn.role
    message: Message = {"role": "system" if role == "developer" else role, "content": turn.content}
    if turn.extra is not None:
        message |= turn.extra
        if message.get("weight", 1) != 0 or role != "assistant":
            message.pop("weight", None)  # only answers are trained on, and only leaving one out needs saying
        if calls := message.get("tool_calls"):
            message["tool_calls"] = [portable_call(call) for call in calls]
    return message
