"""The sample: one conversation with the place it takes in a dataset.

`Sample` is the one record all readers give, whatever the file; it is plain, because millions of rows pass through it.
The models of its written forms (`sample_forms`) are, for rows, only asked to explain what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ASSISTANT = "assistant"
USER = "user"
EXTRAS = ("name", "weight", "tool_calls", "tool_call_id")
"""The fields of a message besides role and content."""


@dataclass(slots=True)
class Turn:
    """What one side says. `pointer` leads to the value that holds it, `start` is where in that value it begins.

    A turn that calls tools may say nothing. `extra` holds what a message has besides role and content (`EXTRAS`).
    """

    role: str
    content: str
    pointer: str
    start: int = 0
    calls_tools: bool = False
    extra: dict[str, Any] | None = None


@dataclass(slots=True)
class Sample:
    """One conversation. `pointer` leads to it inside its file; the turns' pointers go on from there.

    `turns` is what is to be learned; of preference data the chosen conversation. `rejected` holds the other one.
    `weakness` holds what was written of it, as `Weakness` has accepted it. `tools` defines what the conversation may
    call, `weight` is its part in the loss.
    """

    id: str | None
    turns: list[Turn]
    rejected: list[Turn] = field(default_factory=list)
    category: str | None = None
    positions: list[str] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    origin: str | None = None
    weakness: dict[str, Any] | None = None
    pointer: str = ""
    tools: list[dict[str, Any]] | None = None
    weight: float | None = None
    authors: list[str] = field(default_factory=list)

    @property
    def answer(self) -> Turn | None:
        """The last turn, if the assistant speaks it."""
        return self.turns[-1] if self.turns and self.turns[-1].role == ASSISTANT else None

    @property
    def question(self) -> Turn | None:
        """The first turn of the user."""
        for turn in self.turns:
            if turn.role == USER:
                return turn
        return None

    @property
    def prompt_turns(self) -> list[Turn]:
        """All turns before the final answer."""
        return self.turns[:-1] if self.answer else self.turns

    @property
    def all_turns(self) -> list[Turn]:
        """The turns of both conversations; one that they share stands once."""
        if not self.rejected:
            return self.turns
        return self.turns + [turn for turn in self.rejected if all(turn is not shared for shared in self.turns)]
