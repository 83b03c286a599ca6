"""Stale reviews and what they would be renewed as."""

from __future__ import annotations

from dataclasses import dataclass, field

from palms_spec.comparison.change import Change
from palms_spec.documents.reviews import Review
from palms_spec.documents.spec import Position


@dataclass(frozen=True, slots=True)
class Renewal:
    """A stale review with the one that would stand in its place, in the folder of a dataset."""

    folder: str
    old: Review
    new: Review


@dataclass(slots=True)
class Renewals:
    """What can be renewed of the reviews of one wording of a position, and what speaks against it.

    `was` is the position as the reviews know it; None where it is the same, or, if it is `reworded`, where nobody
    knows. `objections` are changes of meaning that no owner has called editorial; then nothing can be renewed.
    """

    now: Position
    was: Position | None
    reworded: bool
    found: list[Renewal] = field(default_factory=list)
    objections: tuple[Change, ...] = ()

    @property
    def edited(self) -> int:
        """How many of the reviews are of another text of their sample."""
        return sum(one.old.sample_hash != one.new.sample_hash for one in self.found)
