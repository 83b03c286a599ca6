"""Samples that violate a position beside samples that nearly ask the same and adhere to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.analysis.wording import Wordings
from palms_spec.documents.sample import USER
from palms_spec.engine.grouping import KeyStore
from palms_spec.engine.members import Members
from palms_spec.facts.conflicts import ConflictFacts
from palms_spec.facts.keys import equal_keys
from palms_spec.facts.references import place_of
from palms_spec.facts.review_keys import adherence_key
from palms_spec.facts.sample import SampleFacts


def conflicts(
    members: Members, violating: Iterable[tuple[int, str]], adhering: KeyStore, threshold: float
) -> Iterator[ConflictFacts]:
    """Those among the samples of each dataset whose questions are at least so much alike, each at a sample that
    violates. Samples are given by place: `violating` with the position, `adhering` by `adherence_key`."""
    wanted: dict[int, list[tuple[int, str]]] = {}
    for place, position in violating:
        wanted.setdefault(adherence_key(members.context(place).dataset, position), []).append((place, position))
    for number in range(adhering.partitions):
        for key, references in equal_keys(adhering.partition(number), singles=True):
            if key in wanted:
                yield from _among(members, wanted[key], map(place_of, references), threshold)


def _among(
    members: Members, violating: list[tuple[int, str]], adhering: Iterable[int], threshold: float
) -> Iterator[ConflictFacts]:
    """The conflicts about one position."""
    language = members.context(violating[0][0]).language
    asked = [_asked(members, place) for place, _ in violating]
    wordings = Wordings(asked, language=language, threshold=threshold)
    others: dict[int, list[tuple[int, float]]] = {}
    for place in adhering:
        words = _asked(members, place)
        for number in wordings.candidates(words):
            likeness = wordings.likeness(number, words)
            if likeness >= threshold:
                others.setdefault(number, []).append((place, likeness))
    for number, found in sorted(others.items()):
        place, position = violating[number]
        yield ConflictFacts(
            members.member(place), position, tuple((members.member(other), likeness) for other, likeness in found)
        )


def _asked(members: Members, place: int) -> list[str]:
    """The words of what a sample's user asks."""
    sample = members.sample_alone(place)
    facts = SampleFacts(sample, members.context(place))
    turns = zip(sample.turns, facts.turn_words, strict=True)
    return [word for turn, words in turns if turn.role == USER for word in words]
