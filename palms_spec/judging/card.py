"""What a reviewer is shown of one sample and one position."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.documents.reviews import Review
from palms_spec.documents.sample import Turn
from palms_spec.documents.spec import Position
from palms_spec.judging.queue import Need


@dataclass(frozen=True, slots=True)
class Card:
    """A sample as it reads now, beside a position as it reads now.

    `line` is that of a row, else 0. `was` is the position as it read when the last review was given, `were` the turns
    of the sample; None where they are the same, or where nobody knows. `own` is what the reviewer said last, on both as
    they read now if it `own_stands`; `others` is how many other people and models have reviewed them as they read now.
    What those said is not shown, so that it leads nobody.
    """

    number: int
    total: int
    dataset: str
    path: str
    line: int
    turns: tuple[Turn, ...]
    position: Position
    need: Need
    was: Position | None = None
    were: tuple[Turn, ...] | None = None
    own: Review | None = None
    own_stands: bool = False
    others: int = 0
