"""A version of a folder of files: the one at hand, or the one in a commit. Both mark equal files alike, so that what
did not change need not be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import open_regular, read_bytes
from palms_spec.sources.git import blobs, blobs_at, open_blob

PIECE = 1 << 20


class Tree(Protocol):
    """Files by name, relative to the root with `/`. `marks` are equal where the bytes are; `folder` is where the files
    lie on disk, if they do."""

    label: str
    folder: Path | None

    @property
    def marks(self) -> Mapping[str, str]: ...

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        ...

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file of any size, to be read piece by piece. Raises UnreadableSource."""
        ...

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files."""
        ...


class FolderTree:
    """The files at hand. `names` lists them once they are asked for; `algorithm` is that of the ids of the repository
    that they are compared with. Links are left out, as they are in a commit."""

    def __init__(
        self,
        folder: Path,
        names: Callable[[], Iterable[str]],
        label: str = "working tree",
        algorithm: str = "sha1",
    ) -> None:
        self.label = label
        self.folder: Path | None = folder
        self._prefix = f"{folder}/"
        self._names = names
        self._algorithm = algorithm
        self._marks: dict[str, str] | None = None

    @property
    def marks(self) -> Mapping[str, str]:
        """Marks as git gives them, so that they can be compared with those of a commit."""
        if self._marks is None:
            names = (name for name in self._names() if not os.path.islink(self._prefix + name))
            self._marks = {name: self._mark(name) for name in names}
        return self._marks

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        return read_bytes(self._prefix + name)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file of any size, to be read piece by piece. Raises UnreadableSource."""
        return open_regular(self._prefix + name)

    def hold(self, names: Iterable[str]) -> None:
        """Nothing to do: files at hand are read one by one."""

    def _mark(self, name: str) -> str:
        try:
            with self.open(name) as stream:
                return git_mark(stream, os.fstat(stream.fileno()).st_size, self._algorithm)
        except UnreadableSource as error:
            return f"! {error.message}"
        except OSError as error:
            return f"! {error.strerror}"


class CommitTree:
    """The files of a commit, below the folder in which git is asked. Reading several at once takes one call of git."""

    def __init__(self, root: Path, commit: str, label: str) -> None:
        self.label = label
        self.commit = commit
        self.folder: Path | None = None
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
        if name not in self.marks:
            raise UnreadableSource(f"{name} is not in {self.label}")
        self.hold([name])
        return self._held[self.marks[name]]

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file of any size, to be read piece by piece. Raises UnreadableSource."""
        if name not in self.marks:
            raise UnreadableSource(f"{name} is not in {self.label}")
        return open_blob(self._root, self.marks[name])

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files. Raises UsageError where the clone lacks one."""
        wanted = (self.marks[name] for name in names if name in self.marks)
        self._held.update(blobs(self._root, (one for one in wanted if one not in self._held)))


class PartOfTree:
    """One file or folder of a tree, and what stands at its root, which may be read as well."""

    def __init__(self, tree: Tree, path: str) -> None:
        self.label = f"{tree.label}:{path}"
        self.folder = tree.folder
        self._tree = tree
        self._path = path
        self._marks: dict[str, str] | None = None

    @property
    def marks(self) -> Mapping[str, str]:
        """Those of the files in the part."""
        if self._marks is None:
            own, below = self._path, self._path + "/"
            marks = self._tree.marks.items()
            self._marks = {name: mark for name, mark in marks if name == own or name.startswith(below)}
        return self._marks

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        return self._tree.read(name)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file of any size, to be read piece by piece. Raises UnreadableSource."""
        return self._tree.open(name)

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files."""
        self._tree.hold(names)


def git_mark(stream: BinaryIO, size: int, algorithm: str = "sha1") -> str:
    """The id that git gives to a file of so many bytes."""
    digest = hashlib.new(algorithm, b"blob %d\0" % size, usedforsecurity=False)
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
