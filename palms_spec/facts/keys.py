"""Keys: what brings samples that belong together into one place, however many there are.

A key is 64 bits of blake2b over content; beside it stands a reference (`references`). Keys are collected in columns,
one a partition of the key space; columns that grow too long are spilled to files, and groups of equal keys are formed
one partition at a time, so memory does not grow with the number of samples.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from palms_spec.facts.references import ENTITIES, FILE_SHIFT

KEY_BYTES = 8
PAIR_BYTES = 16
EqualKeys = tuple[int, list[int]]
"""A key, and the references that share it, in order."""
_encode = str.encode


def key_of(text: str) -> int:
    """The key of a text: 64 bits of blake2b. Lone surrogates are hashed as they are."""
    try:
        data = _encode(text)
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=KEY_BYTES).digest(), "little")


def prompt_key(turns: list[str]) -> int:
    """The key of a prompt whose turns are written as `SampleFacts.normalized` writes them."""
    return key_of("\n".join(turns))


class KeyColumns:
    """Pairs of key and reference, by partition. `partitions` is a power of two."""

    __slots__ = ("_mask", "columns", "count")

    def __init__(self, partitions: int = 1) -> None:
        self.columns = [array("Q") for _ in range(partitions)]
        self._mask = partitions - 1
        self.count = 0

    def add(self, key: int, reference: int) -> None:
        """One key."""
        self.columns[key & self._mask].extend((key, reference))
        self.count += 1

    def add_all(self, keys: list[int], reference: int) -> None:
        """Several keys of one reference."""
        columns, mask = self.columns, self._mask
        for key in keys:
            columns[key & mask].extend((key, reference))
        self.count += len(keys)

    def add_local(self, packed: array[int], file: int) -> None:
        """Keys whose references lack the number of their file, as a cache keeps them."""
        shifted, mask, columns = file << FILE_SHIFT, self._mask, self.columns
        for at in range(0, len(packed), 2):
            key = packed[at]
            columns[key & mask].extend((key, packed[at + 1] | shifted))
        self.count += len(packed) // 2

    def spill(self, folder: Path, name: str) -> None:
        """Append every column to its file `<name>.<partition>` in a folder, and start anew."""
        for number, column in enumerate(self.columns):
            if column:
                with open(folder / f"{name}.{number}", "ab") as out:
                    column.tofile(out)
        self.columns = [array("Q") for _ in self.columns]
        self.count = 0


def partition_of(folder: Path, number: int) -> array[int]:
    """All spilled pairs of a partition, whoever wrote them."""
    pairs = array("Q")
    for path in sorted(folder.glob(f"*.{number}")):
        with open(path, "rb") as written:
            pairs.fromfile(written, os.path.getsize(path) // KEY_BYTES)
    return pairs


def equal_keys(pairs: array[int], *, singles: bool = False) -> Iterator[EqualKeys]:
    """Every key that stands more than once (with `singles`, every key), with its references in order, in the order of
    the first of them. A key given twice by one reference counts once."""
    keys, references = pairs[0::2], pairs[1::2]
    groups: dict[int, list[int]] = {}
    if singles:
        for key, reference in zip(keys, references, strict=True):
            groups.setdefault(key, []).append(reference)
    else:
        repeated = {key for key, count in Counter(keys).items() if count > 1}
        for key, reference in zip(keys, references, strict=True):
            if key in repeated:
                groups.setdefault(key, []).append(reference)
    found = ((key, sorted(set(members))) for key, members in groups.items())
    kept = ((key, members) for key, members in found if singles or len(members) > 1)
    yield from sorted(kept, key=lambda group: (group[1][0], group[0]))


def entity_reference(namespace: int, index: int) -> int:
    """A reference to something that is no sample: a document, a prompt."""
    return (namespace << 60) | (ENTITIES << FILE_SHIFT) | index


def pack(pairs: Iterable[tuple[int, int]]) -> array[int]:
    """Pairs of key and reference as one column."""
    column = array("Q")
    for pair in pairs:
        column.extend(pair)
    return column
