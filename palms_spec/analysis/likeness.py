"""How alike two texts are: shingles, which are three folded words in a row, and exact Jaccard over them."""

from __future__ import annotations

SHINGLE = 3
_join = " ".join


def shingles(words: list[str]) -> list[str]:
    """Every three words in a row; a shorter text is one shingle. Repeats are kept."""
    if len(words) <= SHINGLE:
        return [_join(words)] if words else []
    return list(map(_join, zip(words, words[1:], words[2:], strict=False)))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared shingles over all shingles of two texts, 0 to 1; two empty texts are alike."""
    shared = len(first & second)
    union = len(first) + len(second) - shared
    return shared / union if union else 1.0
