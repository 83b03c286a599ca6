"""`contents`, as Gemini has it: turns with `parts`, and a `systemInstruction` or none."""

from __future__ import annotations

from palms_spec.training.readers.columns import take_beside
from palms_spec.training.readers.conversation import Conversation, Row
from palms_spec.training.readers.messages import own_messages
from palms_spec.training.readers.texts import text_of

INSTRUCTIONS = ("systemInstruction", "system_instruction")


def read(row: Row) -> list[Conversation]:
    """The conversation of a row."""
    conversation = Conversation([], told={"contents"})
    conversation.prompt = own_messages(row["contents"], "contents", conversation.notes)
    for name in INSTRUCTIONS:
        if row.get(name) is not None:
            _take_instruction(row, name, conversation)
    # Gemini's tools are declared in another form than ours, and stay a column.
    take_beside({key: value for key, value in row.items() if key != "tools"}, conversation)
    return [conversation]


def _take_instruction(row: Row, name: str, conversation: Conversation) -> None:
    value = row[name]
    parts = value.get("parts") if isinstance(value, dict) else value
    text, exact = text_of(parts, name)
    conversation.prompt.insert(0, {"role": "system", "content": text})
    if exact and (not isinstance(value, dict) or value.keys() == {"parts"}):
        conversation.told.add(name)
