"""How varied a set of texts is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from palms_spec.analysis.likeness import jaccard, shingles

OPENING = 4
WINDOW = 500


def distinct_openings(texts: Iterable[list[str]]) -> tuple[int, int]:
    """Of texts given as folded words: how many different openings of four words, and how many texts that have words."""
    openings = [tuple(words[:OPENING]) for words in texts if words]
    return len(set(openings)), len(openings)


def type_token_ratio(words: Sequence[str]) -> float:
    """The share of different words in a moving window of 500, on average, which does not depend on the length of the
    text (MATTR; Covington and McFall 2010); of a shorter text, the share in the whole. No words, 0."""
    if len(words) <= WINDOW:
        return len(set(words)) / len(words) if words else 0.0
    counts = Counter(words[:WINDOW])
    total = len(counts)
    for leaving, coming in zip(words, words[WINDOW:], strict=False):
        counts[leaving] -= 1
        if not counts[leaving]:
            del counts[leaving]
        counts[coming] += 1
        total += len(counts)
    return total / (len(words) - WINDOW + 1) / WINDOW


def most_alike(texts: Sequence[list[str]]) -> tuple[float, int, int]:
    """The highest Jaccard similarity of two texts (given as folded words) over shingles of three words, and which two.

    Every pair is compared: meant for some thousand texts at most.
    """
    sets = [frozenset(shingles(words)) for words in texts]
    pairs = ((jaccard(sets[one], sets[other]), one, other) for one, other in combinations(range(len(sets)), 2))
    return max(pairs, default=(0.0, 0, 0))
