"""`chosen` and `rejected`, with a `prompt` or with the prompt at the beginning of both.

Each is a text, a list of messages, or a text that holds a conversation (`dialogue`).
"""

from __future__ import annotations

from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.training.readers.alpaca import joined
from palms_spec.training.readers.columns import take_beside, take_side
from palms_spec.training.readers.conversation import Conversation, Message, Row, UnfitRow
from palms_spec.training.readers.dialogue import turns_in

PROMPTS = ("prompt", "question", "instruction")


def read(row: Row) -> list[Conversation]:
    """The conversation of a row, with its two ends."""
    conversation = Conversation([])
    if any(row[name] is None for name in ("chosen", "rejected")):
        raise UnfitRow("one of chosen and rejected is null")
    asked = next((name for name in PROMPTS if row.get(name) is not None), None)
    chosen, rejected = _sides(row, asked, conversation)
    prompt = _prompt(row, asked, conversation) if asked is not None else []
    if chosen[0]["role"] == ASSISTANT:
        conversation.prompt, conversation.chosen, conversation.rejected = prompt, chosen, rejected
    else:
        shared = _shared(chosen, rejected)
        conversation.prompt = chosen[:shared]
        conversation.chosen, conversation.rejected = chosen[shared:], rejected[shared:]
        if asked is not None and not _says(conversation.prompt, prompt):
            conversation.told.discard(asked)
            conversation.notes.pop(asked, None)
    take_beside(row, conversation)
    return [conversation]


def _prompt(row: Row, asked: str, conversation: Conversation) -> list[Message]:
    messages = take_side(row, asked, USER, conversation)
    given = row.get("input")
    if asked == "instruction" and type(given) is str and len(messages) == 1:
        messages[0]["content"] = joined(messages[0]["content"], given)
    return messages


def _sides(row: Row, asked: str | None, conversation: Conversation) -> tuple[list[Message], list[Message]]:
    chosen, rejected = row["chosen"], row["rejected"]
    if asked is None and type(chosen) is str and type(rejected) is str:
        first, first_exact = turns_in(chosen)
        second, second_exact = turns_in(rejected)
        if first and second:
            conversation.told |= {"chosen"} if first_exact else set()
            conversation.told |= {"rejected"} if second_exact else set()
            return first, second
    return (
        take_side(row, "chosen", ASSISTANT, conversation),
        take_side(row, "rejected", ASSISTANT, conversation),
    )


def _shared(chosen: list[Message], rejected: list[Message]) -> int:
    """How many messages both begin with; each keeps one of its own at least."""
    most = min(len(chosen), len(rejected)) - 1
    return next((at for at in range(most) if chosen[at] != rejected[at]), most)


def _says(messages: list[Message], prompt: list[Message]) -> bool:
    """Whether a prompt stands among the messages already, as its beginning or behind a system prompt."""
    spoken = [message for message in messages if message["role"] != "system"]
    return prompt in (messages, spoken) or (len(prompt) == 1 and prompt == spoken[:1])
