"""Which split of a dataset a sample belongs to.

The split follows from the seed, the sample's id and the shares alone. BLAKE2b of 8 bytes over the seed in decimal, a
line feed and the id in UTF-8, read as a big-endian number and divided by 2^64, is compared with the shares added up
in the order train, validation, test. So a new sample moves no other.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Literal, get_args

SplitName = Literal["train", "validation", "test"]
SPLITS: tuple[SplitName, ...] = get_args(SplitName)
_WHOLE = 1 << 64


def split_of(seed: int, sample_id: str, shares: tuple[float, float, float]) -> SplitName:
    """The split of a sample. `shares` are those of train, validation and test, and add up to 1."""
    data = f"{seed}\n{sample_id}".encode("utf-8", "surrogatepass")
    fraction = int.from_bytes(blake2b(data, digest_size=8).digest(), "big") / _WHOLE
    bound, found = 0.0, SPLITS[0]
    for name, share in zip(SPLITS, shares, strict=True):
        if share > 0:
            bound, found = bound + share, name
            if fraction < bound:
                break
    return found
