"""`prompt` and `completion` (or `response`): texts, or lists of messages as TRL has them."""

from __future__ import annotations

from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.training.readers.columns import first_of, take_beside, take_side
from palms_spec.training.readers.conversation import Conversation, Row


def read(row: Row) -> list[Conversation]:
    """The conversation of a row. Where more than one message is the completion, a note says how many."""
    conversation = Conversation([])
    name = first_of(row, "completion", "response")
    asked = take_side(row, "prompt", USER, conversation)
    answered = take_side(row, name, ASSISTANT, conversation)
    conversation.prompt = asked + answered
    if len(answered) > 1:
        conversation.notes["completion_messages"] = len(answered)
    take_beside(row, conversation)
    return [conversation]
