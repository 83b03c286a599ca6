"""`question` and `answer`."""

from __future__ import annotations

from palms_spec.training.readers.columns import exchange, take_beside, take_text
from palms_spec.training.readers.conversation import Conversation, Row


def read(row: Row) -> list[Conversation]:
    """The conversation of a row."""
    told: set[str] = set()
    question, answer = take_text(row, "question", told), take_text(row, "answer", told)
    conversation = Conversation(exchange(question, answer), told=told)
    take_beside(row, conversation)
    return [conversation]
