"""`instruction` and `instances`: one instruction, and inputs with their outputs. Each instance is a sample."""

from __future__ import annotations

from palms_spec.training.readers.alpaca import joined
from palms_spec.training.readers.columns import exchange, take_text
from palms_spec.training.readers.conversation import Conversation, Row, UnfitRow


def read(row: Row) -> list[Conversation]:
    """The conversations of a row, an instance each. What an instance has besides is noted, as is its input."""
    told = {"instances"}
    instruction, instances = take_text(row, "instruction", told), row["instances"]
    if not isinstance(instances, list) or not instances:
        raise UnfitRow("instances is no list with something in it")
    found = []
    for at, instance in enumerate(instances):
        if not isinstance(instance, dict) or "output" not in instance:
            raise UnfitRow(f"instances/{at} has no output")
        own: set[str] = set()
        given = take_text(instance, "input", own) if instance.get("input") is not None else ""
        if given:
            own.discard("input")
        output = take_text(instance, "output", own)
        rest = {name: value for name, value in instance.items() if name not in own}
        notes = {"instance": rest} if rest else {}
        found.append(Conversation(exchange(joined(instruction, given), output), told=told, notes=notes))
    return found
