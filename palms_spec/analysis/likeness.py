"""How alike two texts are: shingles, exact Jaccard, and MinHash bands that bring likely pairs together.

A shingle is three folded words in a row. With 8 bands of 5 minima each (Broder 1997; Leskovec, Rajaraman and Ullman,
*Mining of Massive Datasets*, 3.4), two texts of Jaccard similarity s meet in at least one band with probability
1 - (1 - s^5)^8: 0.96 at 0.8, 0.998 at 0.9, 0.22 at 0.5.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b

from rensa import RMinHash

BANDS = 8
ROWS_PER_BAND = 5
SHINGLE = 3
_BAND_BYTES = ROWS_PER_BAND * 4
_BAND_STARTS = tuple((band, band * _BAND_BYTES) for band in range(BANDS))
_SEED = 2021
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


def band_keys(words: list[str]) -> list[int]:
    """One 64-bit key a band; texts that share a key are candidates for being alike. No words, no keys."""
    pieces = shingles(words)
    if not pieces:
        return []
    minima = RMinHash(BANDS * ROWS_PER_BAND, _SEED)
    minima.update(pieces)
    signature = array("I", minima.digest()).tobytes()
    return [
        int.from_bytes(
            blake2b(signature[start : start + _BAND_BYTES], digest_size=8, salt=b"%d" % band).digest(), "little"
        )
        for band, start in _BAND_STARTS
    ]
