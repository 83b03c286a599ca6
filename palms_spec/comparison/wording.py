"""Two texts as the words that stayed, went and came. Line breaks and runs of white space are no difference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from palms_spec.documents.identity import normalized

MOST_PAIRS = 2_000_000
"""Pairs of equal words of two texts up to which they are compared word by word: it takes about a second. Prose of ten
thousand words is far below; a text that repeats few words over and over is not."""
AROUND = 16
"""Words that stay on either side of what changed in a long text."""
ELLIPSIS = "…"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row with the same fate. What was removed stands before what was added in its place."""

    fate: Literal["kept", "removed", "added"]
    text: str


def word_hunks(base: str, head: str) -> Iterator[tuple[list[str], list[str]]]:
    """Pairs of word runs in order: equal ones are kept, different ones replace each other.

    Seen from the other side the pairs are the same, turned round: difflib's answer depends on the order of its
    arguments, so it is always asked in the same one.
    """
    first, second = normalized(base).split(" "), normalized(head).split(" ")
    turned = second < first
    if turned:
        first, second = second, first
    for start, end, other_start, other_end in _runs(tuple(first), tuple(second)):
        pair = first[start:end], second[other_start:other_end]
        yield pair[::-1] if turned else pair


@lru_cache(maxsize=16)
def _runs(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[tuple[int, int, int, int], ...]:
    """Two texts are compared for what they mean, to point at what changed, and to show it: one after the other."""
    here, there = Counter(first), Counter(second)
    if sum(count * there[word] for word, count in here.items()) > MOST_PAIRS:
        return _ends(first, second)
    opcodes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return tuple((start, end, other_start, other_end) for _, start, end, other_start, other_end in opcodes)


def _ends(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[tuple[int, int, int, int], ...]:
    """Two texts as what they begin and end with alike, and all between as one run that replaces another."""
    most = min(len(first), len(second))
    start = next((at for at in range(most) if first[at] != second[at]), most)
    end = next((at for at in range(most - start) if first[-1 - at] != second[-1 - at]), most - start)
    last, other_last = len(first) - end, len(second) - end
    runs = ((0, start, 0, start), (start, last, start, other_last), (last, len(first), other_last, len(second)))
    return tuple(run for run in runs if run[0] < run[1] or run[2] < run[3])


def word_pieces(base: str, head: str, *, around: int | None = None) -> list[Piece]:
    """A word diff, ready to be shown. With `around` so many words stay on either side of what changed, and an ellipsis
    stands for the rest, where that is longer than they are."""
    pieces: list[Piece] = []
    hunks = list(word_hunks(base, head))
    for number, (removed, added) in enumerate(hunks):
        if removed == added:
            inner = number > 0, number < len(hunks) - 1
            pieces.append(Piece("kept", " ".join(removed if around is None else _shortened(removed, around, inner))))
            continue
        if removed:
            pieces.append(Piece("removed", " ".join(removed)))
        if added:
            pieces.append(Piece("added", " ".join(added)))
    return pieces


def _shortened(words: list[str], around: int, inner: tuple[bool, bool]) -> list[str]:
    """The words at those ends at which something changed."""
    first, last = (around if changed else 0 for changed in inner)
    if len(words) <= 2 * around or len(words) <= first + last + 1:
        return words
    return [*words[:first], ELLIPSIS, *words[len(words) - last :]]


def first_difference(text: str, other: str) -> tuple[int, int] | None:
    """Where in a text the first words stand that another one has not; where it only lacks some, the word before them.
    None where the texts are equal, or one is empty."""
    at = 0
    for own, others in word_hunks(text, other):
        if own != others:
            words = [word.span() for word in _WORD.finditer(text)]
            if not words or not other.strip():
                return None
            if not own:
                return words[max(at - 1, 0)]
            return words[at][0], words[at + len(own) - 1][1]
        at += len(own)
    return None
