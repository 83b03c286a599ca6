"""A conversation as one of the written forms of our samples, and what has no field in it as metadata."""

from __future__ import annotations

from typing import Any

from palms_spec.documents.sample import ASSISTANT, USER, Turn
from palms_spec.training.readers.conversation import Conversation, Message, Row

IMPORTED = "imported"
"""The field of the metadata that says where a sample comes from."""


def turns_of(conversation: Conversation) -> list[Turn]:
    """All that is said: in the prompt, then in both ends."""
    messages = conversation.prompt + conversation.chosen + conversation.rejected
    return [Turn(message["role"], message.get("content") or "", "") for message in messages]


def system_of(conversation: Conversation) -> str | None:
    """The system prompt with which the conversation begins, if that is nothing but text and something follows."""
    prompt = conversation.prompt
    first = prompt[0] if prompt and len(prompt) + len(conversation.chosen) > 1 else {}
    content = first.get("content")
    return content if first.keys() == {"role", "content"} and first["role"] == "system" and content else None


def own_value(conversation: Conversation, metadata: dict[str, Any], *, system: str | None = None) -> dict[str, Any]:
    """The conversation in the shortest written form that holds it, without `system`, which the dataset says."""
    prompt = conversation.prompt
    if system is not None and system_of(conversation) == system:
        prompt = prompt[1:]
    value: dict[str, Any] = {"metadata": metadata}
    if conversation.rejected:
        ends = {"chosen": conversation.chosen, "rejected": conversation.rejected}
        plain = conversation.tools is None and conversation.weight is None
        if plain and all(_spoken(messages, (ASSISTANT,)) for messages in ends.values()) and _spoken(prompt, (USER,)):
            value["prompt"] = prompt[0]["content"]
            return value | {name: messages[0]["content"] for name, messages in ends.items()}
        value |= {"prompt": prompt, **ends}
    elif conversation.tools is None and conversation.weight is None and _spoken(prompt, (USER, ASSISTANT)):
        return value | {"prompt": prompt[0]["content"], "completion": prompt[1]["content"]}
    else:
        value["messages"] = prompt
    if conversation.tools is not None:
        value["tools"] = conversation.tools
    if conversation.weight is not None:
        value["weight"] = conversation.weight
    return value


def _spoken(messages: list[Message], roles: tuple[str, ...]) -> bool:
    """Whether these roles speak in this order, and there is nothing but text."""
    return tuple(message["role"] for message in messages) == roles and all(
        message.keys() == {"role", "content"} and type(message["content"]) is str for message in messages
    )


def metadata_of(conversation: Conversation, row: Row, origin: dict[str, Any]) -> dict[str, Any]:
    """What a row says besides its conversation, and where it comes from.

    Every other column stands under its own name, and so does what a column `metadata` holds, unless a name is taken.
    """
    metadata = {name: value for name, value in row.items() if name not in conversation.told}
    nested = metadata.get("metadata")
    if isinstance(nested, dict) and metadata.keys().isdisjoint(nested):
        del metadata["metadata"]
        metadata |= nested
    if IMPORTED in metadata:
        name = _free(metadata)
        metadata[name] = metadata.pop(IMPORTED)
    metadata[IMPORTED] = {**origin, **conversation.notes}
    return metadata


def _free(taken: dict[str, Any]) -> str:
    name = IMPORTED
    while name in taken:
        name += "_"
    return name
