"""`input`, `preferred_output` and `non_preferred_output`: preference data as OpenAI has them."""

from __future__ import annotations

from palms_spec.training.readers.columns import take_beside, tools_of
from palms_spec.training.readers.conversation import Conversation, Row, UnfitRow
from palms_spec.training.readers.messages import own_messages


def read(row: Row) -> list[Conversation]:
    """The conversation of a row, with its two ends."""
    conversation = Conversation([], told={"input", "preferred_output", "non_preferred_output"})
    given, notes = row.get("input"), conversation.notes
    if not isinstance(given, dict) or "messages" not in given:
        raise UnfitRow("input has no messages")
    conversation.prompt = own_messages(given["messages"], "input/messages", notes)
    conversation.chosen = own_messages(row["preferred_output"], "preferred_output", notes)
    conversation.rejected = own_messages(row["non_preferred_output"], "non_preferred_output", notes)
    take_beside(row, conversation)
    rest = {name: value for name, value in given.items() if name != "messages"}
    if conversation.tools is None and (tools := tools_of(rest.get("tools"))) is not None:
        conversation.tools = tools
        del rest["tools"]
    if rest:
        notes["input"] = rest
    return [conversation]
