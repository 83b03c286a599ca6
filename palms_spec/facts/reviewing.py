"""What rules about reviews are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from palms_spec.documents.dataset import Reviews
from palms_spec.documents.reviews import Review
from palms_spec.facts.group import Member
from palms_spec.facts.verdicts import Standing


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A sample and one position that it serves: how they were reviewed, and what the dataset asks for.

    `dataset_path`, `spec_path` and `folder` lead to the dataset, the specification and the dataset's review files; the
    position stands at `pointer` in the specification. `place_of` says where a review stands. `by_authors` are the
    verdicts that stand and are of people who wrote the sample, by its own word or, where it names nobody, by the
    dataset's. `edited` are the reviews of another text that had the sample's id, `position_hash` is that of the
    position as it reads now.
    """

    sample: Member
    position: str
    standing: Standing
    policy: Reviews
    dataset_path: str
    spec_path: str
    pointer: str
    folder: str
    place_of: Callable[[Review], Member]
    by_authors: tuple[Review, ...] = ()
    edited: tuple[Review, ...] = ()
    position_hash: str = ""

    def files_of(self, reviews: Iterable[Review]) -> tuple[str, ...]:
        """Paths of the files in which reviews stand."""
        return tuple(sorted({self.place_of(review).path for review in reviews}))
