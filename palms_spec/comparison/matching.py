"""Which thing of one version is which of the other: by id, and where an id is gone, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from palms_spec.analysis.words import folded_words

ALIKE = 0.7
"""The least likeness at which a thing under a new id counts as the old one."""


@dataclass(frozen=True, slots=True)
class Matched:
    """`pairs` are ids of the base with those of the head, `gone` and `new` those that have no partner."""

    pairs: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def match(base: Mapping[str, str], head: Mapping[str, str]) -> Matched:
    """Match things by id; of the rest, those whose texts are alike, the most alike first. Values are texts.

    Seen from the other side the pairs are the same.
    """
    pairs = {name: name for name in base if name in head}
    gone = [name for name in base if name not in pairs]
    new = [name for name in head if name not in pairs]
    were = {name: Counter(folded_words(base[name])) for name in gone}
    are = {name: Counter(folded_words(head[name])) for name in new}
    candidates = sorted(
        (-likeness, min(old, fresh), max(old, fresh), old, fresh)
        for old, fresh in product(gone, new)
        if (likeness := _likeness(were[old], are[fresh])) >= ALIKE
    )
    for _, _, _, old, fresh in candidates:
        if old in were and fresh in are:
            del were[old], are[fresh]
            pairs[old] = fresh
    return Matched(tuple((name, pairs[name]) for name in base if name in pairs), tuple(were), tuple(are))


def _likeness(words: Counter[str], others: Counter[str]) -> float:
    """The share of words in common (Dice 1945, over multisets): 1 for equal words, 0 where none is shared."""
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 0.0
