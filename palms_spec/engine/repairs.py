"""What fixing came to, as plain records for whoever reports it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Something that was not fixed though it was asked for: a file, or at `line` one finding of `rule` in it."""

    path: str
    reason: str
    line: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Repairs:
    """How many findings were fixed, by rule; in which files, in order; and what was left alone.

    Of findings that were left alone at most some are named; `more` counts the others.
    """

    fixed: Mapping[str, int]
    files: tuple[str, ...]
    left_alone: tuple[LeftAlone, ...] = ()
    more: int = 0

    @property
    def total(self) -> int:
        """Findings that were fixed."""
        return sum(self.fixed.values())
