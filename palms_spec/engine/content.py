"""The bytes of the files of a run, read once while they are few."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import read_bytes, read_head

HELD = 64_000_000


class Content:
    """Files below a root. A file that cannot be read raises UnreadableSource each time it is asked for."""

    def __init__(self, root: Path) -> None:
        self._prefix = str(root) + "/"
        self._data: dict[str, bytes] = {}
        self._errors: dict[str, UnreadableSource] = {}
        self._held = 0

    def on_disk(self, name: str) -> str:
        """Where a file lies."""
        return self._prefix + name

    def read(self, name: str) -> bytes:
        """The bytes of a file of bounded size."""
        data = self._data.get(name)
        if data is not None:
            return data
        if name in self._errors:
            raise self._errors[name]
        try:
            data = read_bytes(self._prefix + name)
        except UnreadableSource as error:
            self._errors[name] = error
            raise
        if self._held + len(data) <= HELD:
            self._held += len(data)
            self._data[name] = data
        return data

    def head(self, name: str) -> bytes:
        """The first bytes of a file of any size. Raises UnreadableSource where it cannot be opened."""
        return read_head(self._prefix + name)

    def digest(self, name: str) -> bytes:
        """What tells one state of a file from another; for a file that cannot be read, why."""
        try:
            return blake2b(self.read(name), digest_size=16).digest()
        except UnreadableSource as error:
            return b"! " + error.message.encode("utf-8", "backslashreplace")
