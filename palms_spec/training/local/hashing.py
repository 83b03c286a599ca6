"""The files of a folder, told apart by what is in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileHash:
    """A file below a folder; its path is relative to the folder, with `/`."""

    file: str
    sha256: str
    bytes: int


def hashes_below(folder: Path, without: Collection[str] = ()) -> list[FileHash]:
    """All files below a folder in order of their paths, except those with a name. Links are followed, and hidden files
    and folders left out."""
    return [
        FileHash(path.relative_to(folder).as_posix(), _sha256(path), path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without and not _hidden(path.relative_to(folder))
    ]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
