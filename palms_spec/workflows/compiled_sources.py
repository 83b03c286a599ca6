"""The files that compiled ones come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.errors import PalmsError
from palms_spec.sources.files import open_regular
from palms_spec.sources.jsonl import BLOCK_BYTES
from palms_spec.training.manifest import Source
from palms_spec.workflows.datasets import OpenDataset


def sources_of(dataset: OpenDataset) -> list[Source]:
    """The dataset's document, its specification and the files with samples, in this order, with their hashes."""
    paths = [dataset.path, *([dataset.spec_path] if dataset.spec_path else []), *dataset.sample_files]
    return [_source(dataset, path) for path in dict.fromkeys(paths)]


def _source(dataset: OpenDataset, path: str) -> Source:
    name = path.encode("utf-8", "backslashreplace").decode("utf-8")
    if path.endswith(ROW_SUFFIXES):
        digest, size = hash_file(dataset.on_disk(path))
        return Source(name, digest, size)
    data = dataset.read(path)
    return Source(name, sha256(data).hexdigest(), len(data))


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file of any size. Raises UnreadableSource where it cannot be opened."""
    hashed, size = sha256(), 0
    with open_regular(path) as file:
        while block := file.read(BLOCK_BYTES):
            hashed.update(block)
            size += len(block)
    return hashed.hexdigest(), size


@contextmanager
def unchanged_while(dataset: OpenDataset) -> Iterator[None]:
    """Raise PalmsError at the end where a file of rows was changed meanwhile, so that its hash says nothing."""
    paths = [dataset.on_disk(path) for path in dataset.sample_files if path.endswith(ROW_SUFFIXES)]
    before = [_stamp(path) for path in paths]
    yield
    for path, stamp in zip(paths, before, strict=True):
        if _stamp(path) != stamp:
            raise PalmsError(f"{path.name} was changed while it was read", hint="compile again")


def _stamp(path: Path) -> tuple[int, int, int]:
    status = os.stat(path)
    return status.st_ino, status.st_size, status.st_mtime_ns
