"""A version of a folder of files: the one at hand, or the one in a commit. Both mark equal files alike, so that what
did not change need not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import read_bytes
from palms_spec.sources.git import blobs_at, contents_at


class Tree(Protocol):
    """Files by name, relative to the root with `/`. `marks` are equal where the bytes are."""

    label: str

    @property
    def marks(self) -> Mapping[str, str]: ...

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        ...

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files."""
        ...


class FolderTree:
    """The files at hand. `algorithm` is that of the ids of the repository that they are compared with."""

    def __init__(self, root: Path, names: Iterable[str], label: str = "working tree", algorithm: str = "sha1") -> None:
        self.label = label
        self._root = root
        self._names = tuple(names)
        self._algorithm = algorithm
        self._marks: dict[str, str] | None = None

    @property
    def marks(self) -> Mapping[str, str]:
        """Marks as git gives them, so that they can be compared with those of a commit."""
        if self._marks is None:
            self._marks = {name: self._mark(name) for name in self._names}
        return self._marks

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        return read_bytes(f"{self._root}/{name}")

    def hold(self, names: Iterable[str]) -> None:
        """Nothing to do: files at hand are read one by one."""

    def _mark(self, name: str) -> str:
        try:
            data = self.read(name)
        except UnreadableSource as error:
            return f"! {error.message}"
        return git_mark(data, self._algorithm)


class CommitTree:
    """The files of a commit, below the folder in which git is asked. Reading several at once takes one call of git."""

    def __init__(self, root: Path, commit: str, label: str) -> None:
        self.label = label
        self.commit = commit
        self._root = root
        self._held: dict[str, bytes] = {}
        self._marks: dict[str, str] | None = None

    @property
    def marks(self) -> Mapping[str, str]:
        """The ids of the blobs."""
        if self._marks is None:
            self._marks = blobs_at(self._root, self.commit)
        return self._marks

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        if name not in self._held:
            self.hold([name])
        try:
            return self._held[name]
        except KeyError:
            raise UnreadableSource(f"{name} is not in {self.label}") from None

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files."""
        wanted = [name for name in names if name not in self._held]
        self._held.update(contents_at(self._root, self.commit, wanted))


def git_mark(data: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file of these bytes."""
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
