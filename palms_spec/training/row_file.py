"""A JSONL file that is being written, row by row."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from palms_spec.training.portable import separators_escaped

HELD_ROWS = 512


@dataclass(frozen=True, slots=True)
class Written:
    """A file that lies on disk, complete. `rows` is None for what has none."""

    file: str
    sha256: str
    bytes: int
    rows: int | None = None


class RowFile:
    """A file to add rows to. The bytes are hashed on their way."""

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self._path = path
        self._file = path.open("wb")
        self._hash = sha256()
        self._bytes = 0
        self._held: list[bytes] = []

    def add(self, row: bytes) -> None:
        """Add a row, given without its line end."""
        self.rows += 1
        held = self._held
        held.append(row)
        if len(held) >= HELD_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            data = separators_escaped(b"\n".join(self._held) + b"\n")
            self._held.clear()
            self._hash.update(data)
            self._bytes += len(data)
            self._file.write(data)

    def close(self) -> Written:
        """Finish the file."""
        self._flush()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return Written(self._path.name, self._hash.hexdigest(), self._bytes, self.rows)

    def abandon(self) -> None:
        """Let go of the file, unfinished."""
        self._held.clear()
        self._file.close()


def write_whole(path: Path, data: bytes) -> Written:
    """A file with these bytes, in a folder that is still being filled."""
    with path.open("wb") as file:
        file.write(data)
    return Written(path.name, sha256(data).hexdigest(), len(data))
