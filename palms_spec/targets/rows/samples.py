"""A sample of a dataset as a target will see it once it is compiled."""

from __future__ import annotations

from palms_spec.documents.sample import Sample, Turn
from palms_spec.targets import lines
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.row import TargetRow
from palms_spec.targets.turn_order import (
    BROKEN_ALTERNATION,
    ORDER_DEFECTS,
    SEVERAL_SYSTEMS,
    SYSTEM_NOT_FIRST,
    order_defect,
)

SYSTEM = ("system", "developer")
OF_SAMPLES = (BROKEN_ALTERNATION, SEVERAL_SYSTEMS, SYSTEM_NOT_FIRST)
"""Of orders; that a sample does not end with an answer is said whatever its targets are."""
SYSTEM_FIELD = {
    lines.VERTEX: "systemInstruction",
    lines.BEDROCK_CONVERSATION: "system",
    lines.BEDROCK_CLAUDE: "system",
}
"""Where a system prompt is a field of the row, and not a message among others."""


def sample_row(sample: Sample, reader: RowReader, system_prompt: str) -> TargetRow:
    """What the target will read, and what is wrong with its order. The dataset's system prompt, "" if it has none,
    comes first where the sample has no other."""
    row = TargetRow(None)
    asked = (
        [Turn("system", system_prompt, sample.turns[0].pointer)] if system_prompt and not _has_system(sample) else []
    )
    row.turns = asked + sample.turns
    row.rejected = asked + sample.rejected if sample.rejected else []
    roles = tuple(["system" if turn.role == "developer" else turn.role for turn in row.turns])
    found = order_defect(roles, reader.plan.turns, reader.plan.profile.system_first)
    if reader.shape.ordered and found is not None and found[0] in OF_SAMPLES:
        name, number = found
        row.defect(
            name,
            f"{ORDER_DEFECTS[name]}, and {reader.plan.profile.name} asks for it",
            pointer=row.turns[number].pointer,
        )
    row.form = tuple([f"{name}: there" for name in fields_of(sample, reader, system_prompt)]) or ("messages: there",)
    return row


def fields_of(sample: Sample, reader: RowReader, system_prompt: str) -> list[str]:
    """The fields of the row that some samples bring with them and others do not."""
    plan, found = reader.plan, []
    if (name := SYSTEM_FIELD.get(plan.shape)) and (system_prompt or _has_system(sample)):
        found.append(name)
    if sample.tools and plan.profile.tools and plan.shape == lines.OPENAI_CHAT:
        found.append("tools")
    return found


def _has_system(sample: Sample) -> bool:
    return bool(sample.turns) and sample.turns[0].role in SYSTEM
