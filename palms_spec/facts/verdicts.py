"""Review records by what they judge: which still stand, and which are stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from palms_spec.documents.reviews import Review


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one sample and one position. `current` are verdicts on this very wording of both, of each
    reviewer the last; `stale` are those on an earlier wording of either, where the reviewer gave no later one."""

    current: tuple[Review, ...] = ()
    stale: tuple[Review, ...] = ()

    @property
    def violates(self) -> bool:
        """Whether a verdict that stands says so."""
        return any(review.verdict == "violates" for review in self.current)

    @property
    def disagree(self) -> bool:
        """Whether verdicts that stand contradict each other."""
        return len({review.verdict for review in self.current} - {"unclear"}) > 1


class Verdicts:
    """Review records, in the order in which they were given."""

    def __init__(self, reviews: Iterable[Review]) -> None:
        self._by_key: dict[tuple[str, str], dict[str, Review]] = {}
        self._by_position: dict[str, list[Review]] = {}
        for review in sorted(reviews, key=lambda one: one.at):
            self._by_key.setdefault(review.key, {})[review.reviewer] = review
            self._by_position.setdefault(review.position, []).append(review)

    def standing(self, sample: str, sample_hash: str, position: str, position_hash: str) -> Standing:
        """What is known of a sample, by id and hash, and a position, by id and hash. A record is matched by its hashes;
        one of an earlier wording is found by ids."""
        current = self._by_key.get((sample_hash, position_hash), {})
        earlier: dict[str, Review] = {}
        for review in self._by_position.get(position, ()):
            same_sample = review.sample_hash == sample_hash or review.sample == sample
            if same_sample and review.key != (sample_hash, position_hash) and review.reviewer not in current:
                earlier[review.reviewer] = review
        return Standing(tuple(current.values()), tuple(earlier.values()))
