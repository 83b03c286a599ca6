"""What a person can review: the samples and positions of which a review is missing or stale, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from palms_spec.comparison.datasets import SampleVersion
from palms_spec.documents.dataset import Reviews
from palms_spec.documents.reviews import Review
from palms_spec.documents.spec import Position
from palms_spec.facts.verdicts import Standing

Need = Literal["missing", "stale", ""]
NEEDS: tuple[Need, ...] = ("missing", "stale", "")
"""Why somebody is asked for a review, the most urgent first; "" where it is only offered."""


@dataclass(frozen=True, slots=True)
class Open:
    """A sample and a position to be reviewed, with what is known of them."""

    dataset: str
    sample: SampleVersion
    spec: str
    position: Position
    policy: Reviews
    standing: Standing
    need: Need

    @property
    def place(self) -> tuple[str, str]:
        """The sample it is about: its dataset and its id."""
        return self.dataset, self.sample.id


def need(standing: Standing, policy: Reviews, reviewer: str) -> Need:
    """Why a person's review is asked for: it would fill a gap, or stand in the place of a stale one."""
    if any(review.reviewer == reviewer for review in standing.current):
        return ""
    given = Review.model_construct(
        sample="",
        sample_hash="",
        position="",
        position_hash="",
        verdict="adheres",
        score=5,
        reviewer=reviewer,
        at="",
    )
    after = Standing((*standing.current, given), tuple(one for one in standing.stale if one.reviewer != reviewer))
    if after.missing(policy) < standing.missing(policy):
        return "missing"
    return "stale" if len(after.outdated(policy)) < len(standing.outdated(policy)) else ""


def in_order(waiting: Iterable[Open]) -> list[Open]:
    """Sample by sample, those that need it most first, otherwise as they were given. The positions of one sample stay
    together."""
    found = list(waiting)
    most: dict[tuple[str, str], int] = {}
    for one in found:
        rank = NEEDS.index(one.need)
        most[one.place] = min(rank, most.get(one.place, rank))
    first = {place: number for number, place in reversed(list(enumerate(one.place for one in found)))}
    return sorted(found, key=lambda one: (most[one.place], first[one.place]))
