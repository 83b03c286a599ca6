"""`text`: all in one, which nobody has divided into turns. The assistant is taken to say it, for it is learned."""

from __future__ import annotations

from palms_spec.documents.sample import ASSISTANT
from palms_spec.training.readers.columns import take_text
from palms_spec.training.readers.conversation import Conversation, Row


def read(row: Row) -> list[Conversation]:
    """The text as the one turn of a conversation."""
    told: set[str] = set()
    text = take_text(row, "text", told)
    return [Conversation([{"role": ASSISTANT, "content": text}], told=told)]
