"""Samples and the review records of them brought together, position by position, however many there are.

It takes two rounds. Where a sample and records share a key (`review_keys`), they are noted under a key of the sample's
place and the position, by which what its text brings and what its id brings meet again. Neither statements nor reviews
are looked at where samples are, and no sample is read again about which there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from palms_spec.engine.grouping import KeyStore
from palms_spec.engine.review_records import ReviewRecords
from palms_spec.facts.keys import EqualKeys, equal_keys, key_of
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace, file_of, namespace_of, offset_of, place_of
from palms_spec.facts.review_keys import short_hash

_REVIEW = Namespace.REVIEW << NAMESPACE_SHIFT
_EARLIER = Namespace.EARLIER << NAMESPACE_SHIFT
_POSITION = Namespace.POSITION << NAMESPACE_SHIFT
_AUTHOR = Namespace.AUTHOR << NAMESPACE_SHIFT


@dataclass(frozen=True, slots=True)
class Joined:
    """A sample and a position, by place and id, with the places of the records on its text, and of those on another
    text that had its id. `authors` are short hashes of names that its file gives as authors of this text."""

    place: int
    position: str
    on_text: tuple[int, ...]
    hinted: tuple[int, ...]
    authors: frozenset[int]


class ReviewJoin:
    """The join of a run. `asked` says whether a sample, by place, needs a review even where there is none."""

    def __init__(
        self,
        records: ReviewRecords,
        positions: Iterable[str],
        asked: Callable[[int], bool],
        new_store: Callable[[str], KeyStore],
    ) -> None:
        self._records = records
        self._positions = {short_hash(position): position for position in positions}
        self._asked = asked
        self._store = new_store("reviews")

    def without_reviews(self, partitions: Iterable[Iterable[EqualKeys]]) -> Iterator[list[EqualKeys]]:
        """The groups of equal keys that are about something else; those about reviews are taken in here."""
        for groups in partitions:
            others = []
            for key, references in groups:
                if namespace_of(references[-1]) < Namespace.REVIEW:
                    others.append((key, references))
                else:
                    self._take(key, references)
            self._store.trim()
            yield others

    def _take(self, key: int, references: list[int]) -> None:
        first = self._records.first
        known = [place_of(one) for one in references if namespace_of(one) == Namespace.REVIEW]
        samples = [one for one in known if file_of(one) < first]
        records = known[len(samples) :]
        shorts = [offset_of(one) for one in references if namespace_of(one) == Namespace.POSITION]
        if not records:
            samples = [one for one in samples if self._asked(one)]
        if not samples:
            return
        by_text = bool(shorts)
        position = self._positions.get(shorts[0], "") if by_text else self._records.position_of(records[0], key)
        assert position, "a key is given for a position that there is"
        authors = [one for one in references if namespace_of(one) == Namespace.AUTHOR]
        found = _REVIEW if by_text else _EARLIER
        for place in samples:
            own = [found | one for one in records]
            own += [_AUTHOR | offset_of(one) for one in authors if file_of(one) == file_of(place)]
            joined = key_of(f"{place} {position}")
            for reference in (_REVIEW | place, _POSITION | short_hash(position), *own):
                self._store.columns.add(joined, reference)

    def joined(self) -> Iterator[list[Joined]]:
        """All samples that are reviewed, or ought to be, with every position, in blocks. The keys are gone then."""
        for number in range(self._store.partitions):
            yield [self._joined(same) for _, same in equal_keys(self._store.partition(number), singles=True)]
        self._store.remove()

    def _joined(self, references: list[int]) -> Joined:
        own: dict[int, list[int]] = {}
        for one in references:
            own.setdefault(namespace_of(one), []).append(place_of(one))
        place, *on_text = own[Namespace.REVIEW]  # files of records come after all others
        hinted = tuple(one for one in own.get(Namespace.EARLIER, ()) if one not in on_text)
        position = self._positions[own[Namespace.POSITION][0]]
        return Joined(place, position, tuple(on_text), hinted, frozenset(own.get(Namespace.AUTHOR, ())))
