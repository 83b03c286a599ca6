"""The usual row of each shape, taken apart in a microsecond: a conversation of texts and nothing else.

What is not exactly that is no plain row, and is read with all care by `reading`, which gives the same conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from palms_spec.targets import lines

OUTSIDE = ("system",)
"""In place of a role: a system prompt that stands outside of the list of messages. No value of a row is equal to it."""
Plain = tuple[list[Any], list[Any], int]
"""Roles as they are written, what each says, and how many texts and keys the row is made of."""
Take = Callable[[dict[str, Any]], Plain | None]
"""May raise KeyError, IndexError, TypeError or AttributeError for what is no plain row. Roles and texts can still be of
any type."""


def _chat(key: str, role: str, content: str, *, beside: bool = False) -> Take:
    """A list of messages at a key; `beside`: a system prompt may stand beside it."""

    def take(value: dict[str, Any]) -> Plain | None:
        roles: list[Any] = []
        texts: list[Any] = []
        strings = 1
        if len(value) != 1:
            if len(value) != 2 or not beside:
                return None
            roles.append(OUTSIDE)
            texts.append(value["system"])
            strings = 3
        for message in value[key]:
            if len(message) != 2:
                return None
            roles.append(message[role])
            texts.append(message[content])
            strings += 4
        return roles, texts, strings

    return take


def _sharegpt(value: dict[str, Any]) -> Plain | None:
    if len(value) == 1:
        return _conversations(value)
    if len(value) != 2 or value["system"] != "":
        return None
    taken = _conversations({"conversations": value["conversations"]})
    return taken and (taken[0], taken[1], taken[2] + 2)


def _completion_chat(value: dict[str, Any]) -> Plain | None:
    prompt, completion = value["prompt"], value["completion"]
    if len(value) != 2 or not prompt or not completion:
        return None
    roles: list[Any] = []
    texts: list[Any] = []
    strings = 2
    for side in (prompt, completion):
        for message in side:
            if len(message) != 2:
                return None
            roles.append(message["role"])
            texts.append(message["content"])
            strings += 4
    return roles, texts, strings


def _vertex(value: dict[str, Any]) -> Plain | None:
    roles: list[Any] = []
    texts: list[Any] = []
    strings = 1
    if len(value) != 1:
        instruction = value["systemInstruction"]
        if len(value) != 2 or len(instruction) != 1:
            return None
        roles.append(OUTSIDE)
        texts.append(_only_part(instruction["parts"]))
        strings = 5
    for content in value["contents"]:
        if len(content) != 2:
            return None
        roles.append(content["role"])
        texts.append(_only_part(content["parts"]))
        strings += 5
    return roles, texts, strings


def _bedrock(value: dict[str, Any]) -> Plain | None:
    if value["schemaVersion"] != lines.BEDROCK_VERSION:
        return None
    roles: list[Any] = []
    texts: list[Any] = []
    strings = 3
    if len(value) != 2:
        if len(value) != 3:
            return None
        roles.append(OUTSIDE)
        texts.append(_only_part(value["system"]))
        strings = 6
    for message in value["messages"]:
        if len(message) != 2:
            return None
        roles.append(message["role"])
        texts.append(_only_part(message["content"]))
        strings += 5
    return roles, texts, strings


def _only_part(parts: Any) -> Any:
    """The text of the one part there is; None where there is another number of them, or more in it."""
    if type(parts) is not list or len(parts) != 1:
        return None
    return parts[0]["text"] if len(parts[0]) == 1 else None


def _texts(*keys: str, roles: tuple[str, ...], **empty: Any) -> Take:
    """Texts at keys, and other keys that have nothing to say."""
    size = len(keys) + len(empty)
    strings = size + len(keys) + sum(type(value) is str for value in empty.values())
    spoken = list(roles)

    def take(value: dict[str, Any]) -> Plain | None:
        if len(value) != size:
            return None
        for key, nothing in empty.items():
            if value[key] != nothing:
                return None
        return spoken, [value[key] for key in keys], strings

    return take


_conversations = _chat("conversations", "from", "value")
_PAIR = ("user", "assistant")
PLAIN: dict[str, Take] = {
    lines.OPENAI_CHAT: _chat("messages", "role", "content"),
    lines.BEDROCK_CLAUDE: _chat("messages", "role", "content", beside=True),
    lines.SHAREGPT: _sharegpt,
    lines.VERTEX: _vertex,
    lines.BEDROCK_CONVERSATION: _bedrock,
    lines.PROMPT_COMPLETION: _texts("prompt", "completion", roles=_PAIR),
    lines.PROMPT_COMPLETION_CHAT: _completion_chat,
    lines.QUESTION_ANSWER: _texts("question", "answer", roles=_PAIR),
    lines.TEXT: _texts("text", roles=("assistant",)),
    lines.ALPACA: _texts("instruction", "output", roles=_PAIR, input=""),
    lines.ALPACA_HISTORY: _texts("instruction", "output", roles=_PAIR, input="", system="", history=[]),
}
"""By shape. Preference data are always read with all care."""
