"""Columns that several formats have beside the conversation: system prompt, tools, weight; and plain texts."""

from __future__ import annotations

import json
from typing import Any

from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.training.readers.conversation import Conversation, Message, Row, UnfitRow
from palms_spec.training.readers.messages import own_messages
from palms_spec.training.readers.texts import text_of

MOST_WEIGHT = 2**53
"""From here on whole numbers are no longer exact in every JSON; infinity is beyond it too."""


def first_of(row: Row, *names: str) -> str:
    """The first of these columns that a row has; one that holds more than null, if there is one."""
    present = [name for name in names if name in row]
    return next((name for name in present if row[name] is not None), present[0] if present else names[0])


def take_text(row: Row, name: str, told: set[str]) -> str:
    """The text in a column. Raises UnfitRow where there is none."""
    text, exact = text_of(row[name], name)
    if exact:
        told.add(name)
    return text


def take_side(row: Row, name: str, role: str, conversation: Conversation) -> list[Message]:
    """One side of a row: a list of messages, or a text that one of `role` says."""
    if isinstance(row[name], list | dict):
        conversation.told.add(name)
        return own_messages(row[name], name, conversation.notes)
    return [{"role": role, "content": take_text(row, name, conversation.told)}]


def take_beside(row: Row, conversation: Conversation) -> None:
    """System prompt, tools and weight of a row, as far as there are fields for them."""
    _take_system(row, conversation)
    tools = tools_of(row.get("tools"))
    if tools is not None:
        conversation.tools = tools
        conversation.told.add("tools")
    elif (older := tools_of(row.get("functions"))) is not None:
        conversation.tools = [{"type": "function", "function": function} for function in older]
    weight = row.get("weight")
    if isinstance(weight, int | float) and not isinstance(weight, bool) and abs(weight) < MOST_WEIGHT:
        conversation.weight = weight
        conversation.told.add("weight")


def tools_of(value: Any) -> list[dict[str, Any]] | None:
    """Definitions of tools, given as a list or as the JSON text of one; None where it is neither."""
    if type(value) is str:
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, list) and value and all(isinstance(tool, dict) for tool in value):
        return value
    return None


def _take_system(row: Row, conversation: Conversation) -> None:
    """A system prompt in a column of its own, unless the conversation begins with another one."""
    if row.get("system") is None:
        return
    try:
        text, exact = text_of(row["system"], "system")
    except UnfitRow:
        return
    messages = conversation.prompt
    system = {"role": "system", "content": text}
    if text and not (messages and messages[0]["role"] in ("system", "developer")):
        messages.insert(0, system)
    elif text and messages[0] != system:
        return
    if exact:
        conversation.told.add("system")


def exchange(question: str, answer: str) -> list[Message]:
    """A question and its answer."""
    return [{"role": USER, "content": question}, {"role": ASSISTANT, "content": answer}]
