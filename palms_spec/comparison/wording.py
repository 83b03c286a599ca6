"""Two texts as the words that stayed, went and came. Line breaks and runs of white space are no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from palms_spec.documents.identity import normalized


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
    for _, start, end, other_start, other_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        pair = first[start:end], second[other_start:other_end]
        yield pair[::-1] if turned else pair


def word_pieces(base: str, head: str) -> list[Piece]:
    """A word diff, ready to be shown."""
    pieces: list[Piece] = []
    for removed, added in word_hunks(base, head):
        if removed == added:
            pieces.append(Piece("kept", " ".join(removed)))
            continue
        if removed:
            pieces.append(Piece("removed", " ".join(removed)))
        if added:
            pieces.append(Piece("added", " ".join(added)))
    return pieces
