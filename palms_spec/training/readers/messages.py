"""Messages, as chat formats write them, in the form that our samples have."""

from __future__ import annotations

import json
from typing import Any

from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.targets.rows.values import shortened
from palms_spec.training.readers.conversation import Message, UnfitRow
from palms_spec.training.readers.texts import text_of

ROLES = {
    "system": "system",
    "developer": "developer",
    "user": USER,
    "human": USER,
    "prompter": USER,
    "assistant": ASSISTANT,
    "gpt": ASSISTANT,
    "chatgpt": ASSISTANT,
    "bot": ASSISTANT,
    "model": ASSISTANT,
    "ai": ASSISTANT,
    "function_call": ASSISTANT,
    "tool": "tool",
    "function": "tool",
    "observation": "tool",
    "ipython": "tool",
}
"""What roles are called, and what they are."""
USUAL = frozenset(("human", "gpt", "model"))
"""Names of roles that belong to a format, and say no more than ours."""
OWN_ROLES = ("system", "developer", "user", "assistant", "tool")
PLAIN = {"role", "content"}
CONTENT_KEYS = ("content", "value", "parts", "text")


def own_messages(value: Any, where: str, notes: dict[str, Any]) -> list[Message]:
    """The messages of a list. What they have besides is entered in `notes`, by `where` and the number of the message.

    Raises UnfitRow where it is no list of messages, or one of them cannot be held.
    """
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise UnfitRow(f"{where} is no list of messages")
    if not value:
        raise UnfitRow(f"{where} is empty")
    messages, rest = [], {}
    for at, item in enumerate(value):
        message, others = own_message(item, f"{where}/{at}")
        messages.append(message)
        if others:
            rest[str(at)] = others
    if rest:
        notes[where] = rest
    return messages


def own_message(value: Any, where: str) -> tuple[Message, dict[str, Any]]:
    """A message, and what it has that ours have no field for."""
    if not isinstance(value, dict):
        raise UnfitRow(f"{where} is no message")
    if value.keys() == PLAIN and type(value["content"]) is str and value["role"] in OWN_ROLES:
        return {"role": value["role"], "content": value["content"]}, {}
    rest = dict(value)
    role = _role(rest, where)
    message: Message = {"role": role}
    key = next((name for name in CONTENT_KEYS if name in value), None)
    if key is not None:
        text, exact = text_of(value[key], f"{where}/{key}")
        message["content"] = None if value[key] is None else text
        if exact or value[key] is None:
            del rest[key]
    if value.get("role", value.get("from")) == "function_call":
        _take_spoken_call(message, rest)
    _take_weight(message, rest)
    _take_calls(message, rest)
    for name in ("name", "tool_call_id"):
        if name in rest and (rest[name] is None or type(rest[name]) is str):
            message[name] = rest.pop(name)
    if key is None and "tool_calls" not in message:
        raise UnfitRow(f"{where} has no content")
    return message, rest


def _role(rest: Message, where: str) -> str:
    key = "role" if "role" in rest else "from"
    written = rest.get(key)
    if type(written) is not str:
        raise UnfitRow(f"{where} has no role")
    role = ROLES.get(written)
    if role is None:
        raise UnfitRow(f"{where} has the role {shortened(written)}, which palms does not know")
    if written == role or written in USUAL:
        del rest[key]
    return role


def _take_weight(message: Message, rest: Message) -> None:
    """Whether the message is trained on: `weight`, or Tinker's `trainable`."""
    if "weight" in rest and rest["weight"] in (0, 1, None):
        weight = rest.pop("weight")
        message["weight"] = None if weight is None else int(weight)
    trainable = rest.get("trainable")
    if type(trainable) is bool and "weight" not in message and (message["role"] == ASSISTANT or not trainable):
        del rest["trainable"]
        if message["role"] == ASSISTANT:
            message["weight"] = int(trainable)


def _take_calls(message: Message, rest: Message) -> None:
    """Calls of tools; a single call in the older form becomes one of them, and is kept as well."""
    calls = rest.get("tool_calls", "")
    if calls is None or (isinstance(calls, list) and calls and all(isinstance(call, dict) for call in calls)):
        message["tool_calls"] = rest.pop("tool_calls")
    call = rest.get("function_call")
    if isinstance(call, dict) and type(call.get("name")) is str and not message.get("tool_calls"):
        if "tool_calls" in message:
            rest["tool_calls"] = None
        message["tool_calls"] = [{"type": "function", "function": call}]


def _take_spoken_call(message: Message, rest: Message) -> None:
    """A call that is what the message says, as ShareGPT has it."""
    said = message.get("content")
    try:
        call = json.loads(said) if type(said) is str else None
    except (ValueError, RecursionError):
        return
    if isinstance(call, dict) and type(call.get("name")) is str:
        message["tool_calls"] = [{"type": "function", "function": call}]
        message["content"] = None
        rest["value"] = said
