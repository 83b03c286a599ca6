"""Which thing of one version is which of the other: by id, and where an id is gone, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from palms_spec.analysis.words import folded_words

ALIKE = 0.7
"""The least likeness at which a thing under a new id counts as the old one."""

Words = Counter[str]
Token = tuple[str, int]
"""A word, and how many times it has stood in the text before: so texts are sets of tokens."""


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
    were = {name: Counter(folded_words(base[name])) for name in base if name not in pairs}
    are = {name: Counter(folded_words(head[name])) for name in head if name not in pairs}
    for old, fresh in _equal(were, are):
        del were[old], are[fresh]
        pairs[old] = fresh
    candidates = sorted(
        (-likeness, min(old, fresh), max(old, fresh), old, fresh)
        for old, fresh in _sharing(were, are)
        if (likeness := _likeness(were[old], are[fresh])) >= ALIKE
    )
    for _, _, _, old, fresh in candidates:
        if old in were and fresh in are:
            del were[old], are[fresh]
            pairs[old] = fresh
    return Matched(tuple((name, pairs[name]) for name in base if name in pairs), tuple(were), tuple(are))


def _equal(were: Mapping[str, Words], are: Mapping[str, Words]) -> list[tuple[str, str]]:
    """Things with the same words; of several, in order of their ids."""
    groups: dict[frozenset[tuple[str, int]], tuple[list[str], list[str]]] = {}
    for side, words in enumerate((were, are)):
        for name in sorted(words):
            if words[name]:
                groups.setdefault(frozenset(words[name].items()), ([], []))[side].append(name)
    return [pair for old, new in groups.values() for pair in zip(old, new, strict=False)]


def _sharing(were: Mapping[str, Words], are: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
    """The pairs that can be alike enough, and few others.

    Two texts that are have so many tokens in common that one of the rarest of each is among them (the prefix filter of
    Chaudhuri et al. 2006): so texts are looked up by those alone.
    """
    everywhere = Counter(token for words in (*were.values(), *are.values()) for token in _tokens(words))
    by_token: dict[Token, list[str]] = {}
    for name, words in were.items():
        for token in _rarest(words, everywhere):
            by_token.setdefault(token, []).append(name)
    for fresh, words in are.items():
        found = {old for token in _rarest(words, everywhere) for old in by_token.get(token, ())}
        yield from ((old, fresh) for old in found)


def _rarest(words: Words, everywhere: Mapping[Token, int]) -> list[Token]:
    """As many of the rarest tokens as a text that is alike could miss, and one more."""
    tokens = sorted(_tokens(words), key=lambda token: (everywhere[token], token))
    common = ceil(len(tokens) * ALIKE / (2 - ALIKE) - 1e-9)
    return tokens[: len(tokens) - common + 1]


def _tokens(words: Words) -> Iterator[Token]:
    return ((word, number) for word, count in words.items() for number in range(count))


def _likeness(words: Words, others: Words) -> float:
    """The share of words in common (Dice 1945, over multisets): 1 for equal words, 0 where none is shared."""
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 0.0
