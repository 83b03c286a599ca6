"""A row as a target reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palms_spec.documents.document import Defect
from palms_spec.documents.sample import Turn


@dataclass(slots=True)
class RowMessage:
    """A message as it is written: `value` is all of it, `role` what it counts as ("" if that is not known), and
    `number` says which one it is, from 1. `turn` is what it says, if that can be told."""

    value: dict[str, Any]
    pointer: str
    number: int
    role: str
    turn: Turn | None = None


@dataclass(slots=True)
class TargetRow:
    """`turns` is the conversation, with the answer that is to be learned, `rejected` the other one of preference data:
    whatever of them could be read. `messages` are the messages of shapes that have such. What is wrong with the form is
    in `defects`; `kind` is the name of the rule that reports it.

    `form` says which fields the row has and of what type, as texts in order; there is none where that is what is wrong.
    """

    value: Any
    turns: list[Turn] = field(default_factory=list)
    rejected: list[Turn] = field(default_factory=list)
    messages: list[RowMessage] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    form: tuple[str, ...] = ()

    def defect(
        self, kind: str, message: str, hint: str = "", pointer: str = "", *, on_key: bool = False, instead: str = ""
    ) -> None:
        """Note what is wrong, and what was probably meant."""
        self.defects.append(Defect(kind, message, hint, pointer, on_key, instead=instead))
