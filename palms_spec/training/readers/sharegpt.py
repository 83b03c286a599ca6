"""`conversations`: turns with `from` and `value`, or with `role` and `content`."""

from __future__ import annotations

from palms_spec.training.readers.columns import first_of, take_beside
from palms_spec.training.readers.conversation import Conversation, Row
from palms_spec.training.readers.messages import own_messages


def read(row: Row) -> list[Conversation]:
    """The conversation of a row."""
    name = first_of(row, "conversations", "conversation")
    conversation = Conversation([], told={name})
    conversation.prompt = own_messages(row[name], name, conversation.notes)
    take_beside(row, conversation)
    return [conversation]
