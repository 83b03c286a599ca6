"""Review records by what they judge: which still stand, which are stale, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from palms_spec.documents.dataset import Reviews
from palms_spec.documents.reviews import Review
from palms_spec.facts.position_hashes import PositionHashes

State = Literal["disagreed", "violates", "stale", "missing", "reviewed", ""]
"""How a sample stands to a position; "" where there is no review, and none is asked for."""
REMARKS: tuple[State, ...] = ("disagreed", "violates", "stale", "missing")
"""What there may be to say of it, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one sample and one position. `current` are verdicts on this very wording of both, of each
    reviewer the last; `stale` are those on an earlier wording of either, where the reviewer gave no later one."""

    current: tuple[Review, ...] = ()
    stale: tuple[Review, ...] = ()

    @property
    def violations(self) -> tuple[Review, ...]:
        """The verdicts that stand and say that the sample violates the position."""
        return tuple(review for review in self.current if review.verdict == "violates")

    @property
    def disagree(self) -> bool:
        """Whether verdicts that stand contradict each other."""
        return len({review.verdict for review in self.current} - {"unclear"}) > 1

    @property
    def polarity(self) -> Literal["adheres", "violates", ""]:
        """What the verdicts that stand say with one voice; "" where they do not, or none of them is clear."""
        clear = {review.verdict for review in self.current if review.verdict != "unclear"}
        return "" if len(clear) != 1 else "violates" if "violates" in clear else "adheres"

    def counted(self, policy: Reviews) -> tuple[Review, ...]:
        """The verdicts that stand and count for what a dataset asks: by whom it asks, with a score that is enough."""
        return tuple(review for review in self.current if _is_by(review, policy) and review.score >= policy.minimum)

    def outdated(self, policy: Reviews) -> tuple[Review, ...]:
        """The stale verdicts that are missed: there are none that stand in their place, or too few."""
        if self.current and len(self.counted(policy)) >= policy.required:
            return ()
        return self.stale

    def missing(self, policy: Reviews) -> int:
        """How many verdicts a dataset asks for that were never given, or say too little. Those that are stale, and
        those that find a violation, were given."""
        told = sum(_is_by(review, policy) for review in (*self.stale, *self.violations))
        return max(0, policy.required - len(self.counted(policy)) - told)

    def remarks(self, policy: Reviews) -> set[str]:
        """The words of `REMARKS` that are true of it."""
        met = (self.disagree, bool(self.violations), bool(self.outdated(policy)), self.missing(policy) > 0)
        return {word for word, is_met in zip(REMARKS, met, strict=True) if is_met}

    def state(self, policy: Reviews) -> State:
        """The one word for it; of several, that of the most urgent."""
        met = self.remarks(policy)
        return next((word for word in REMARKS if word in met), "reviewed" if self.current else "")


def _is_by(review: Review, policy: Reviews) -> bool:
    return policy.by == "any" or review.is_human == (policy.by == "human")


def standing(on_text: Iterable[Review], hinted: Iterable[Review], position_hash: str) -> Standing:
    """What the reviews of a sample and a position come to: those `on_text`, on the sample as it reads now, and those
    `hinted`, on another text that had its id. Both are in the order in which they stand in their files."""
    own = list(on_text)
    current = _latest(review for review in own if review.position_hash == position_hash)
    earlier = [*hinted, *(review for review in own if review.position_hash != position_hash)]
    stale = _latest(review for review in earlier if review.reviewer not in current)
    return Standing(tuple(current.values()), tuple(stale.values()))


def _latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Of each reviewer the last."""
    return {review.reviewer: review for review in sorted(reviews, key=lambda one: one.moment)}


class Verdicts:
    """Reviews, held in memory. Each is given with the datasets that its file stands beside."""

    def __init__(self, given: Iterable[tuple[Iterable[str], Review]], positions: PositionHashes) -> None:
        self._on_text: dict[tuple[str, str], list[Review]] = {}
        self._hinted: dict[tuple[str, str, str], list[Review]] = {}
        self._positions = positions
        for datasets, review in given:
            self.add(datasets, review)

    def add(self, datasets: Iterable[str], review: Review) -> None:
        """One more, given after all others."""
        for position in self._positions.meant(review):
            self._on_text.setdefault((review.sample_hash, position), []).append(review)
            for dataset in datasets:
                self._hinted.setdefault((dataset, review.sample, position), []).append(review)

    def standing(self, dataset: str, sample: str, sample_hash: str, spec: str, position: str) -> Standing:
        """What is known of a sample, by id and hash, and a position of a specification."""
        hinted = self._hinted.get((dataset, sample, position), ())
        return standing(
            self._on_text.get((sample_hash, position), ()),
            (review for review in hinted if review.sample_hash != sample_hash),
            self._positions.now(spec, position),
        )
