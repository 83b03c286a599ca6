"""Changes in words."""

from __future__ import annotations

from collections.abc import Sequence

from palms_spec.comparison.change import Change

NAMED = 5


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def names(changes: Sequence[Change]) -> str:
    """The ids of what changed; of many, the first and how many more."""
    shown = ", ".join(change.item for change in changes[:NAMED])
    return f"{shown} and {len(changes) - NAMED:,} more" if len(changes) > NAMED else shown
