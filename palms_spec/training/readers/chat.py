"""`messages`, as OpenAI, Bedrock and Anthropic have them, with a system prompt and tools beside them or not."""

from __future__ import annotations

from palms_spec.targets.lines import BEDROCK_VERSION
from palms_spec.training.readers.columns import take_beside
from palms_spec.training.readers.conversation import Conversation, Row
from palms_spec.training.readers.messages import own_messages


def read(row: Row) -> list[Conversation]:
    """The conversation of a row."""
    conversation = Conversation([], told={"messages"})
    conversation.prompt = own_messages(row["messages"], "messages", conversation.notes)
    take_beside(row, conversation)
    if row.get("schemaVersion") == BEDROCK_VERSION:
        conversation.told.add("schemaVersion")
    return [conversation]
