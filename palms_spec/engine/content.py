"""The bytes of the files of a run, read once while they are few."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import read_bytes, read_head

HELD = 64_000_000
NO_STAND_INS: Mapping[str, str] = {}


class Content:
    """Files below a root; `stand_ins` are read in place of the files they are named by. A file that cannot be read
    raises UnreadableSource each time it is asked for."""

    def __init__(self, root: Path, stand_ins: Mapping[str, str] = NO_STAND_INS) -> None:
        self._prefix = str(root) + "/"
        self._stand_ins = stand_ins
        self._data: dict[str, bytes] = {}
        self._errors: dict[str, UnreadableSource] = {}
        self._held = 0

    def on_disk(self, name: str) -> str:
        """Where a file lies, or what stands in for it."""
        return self._stand_ins.get(name) or self._prefix + name

    def read(self, name: str) -> bytes:
        """The bytes of a file of bounded size."""
        data = self._data.get(name)
        if data is not None:
            return data
        if name in self._errors:
            raise self._errors[name]
        try:
            data = read_bytes(self.on_disk(name))
        except UnreadableSource as error:
            self._errors[name] = error
            raise
        if self._held + len(data) <= HELD:
            self._held += len(data)
            self._data[name] = data
        return data

    def head(self, name: str) -> bytes:
        """The first bytes of a file of any size. Raises UnreadableSource where it cannot be opened."""
        return read_head(self.on_disk(name))

    def digest(self, name: str) -> bytes:
        """What tells one state of a file from another; for a file that cannot be read, why."""
        try:
            return blake2b(self.read(name), digest_size=16).digest()
        except UnreadableSource as error:
            return b"! " + error.message.encode("utf-8", "backslashreplace")
