"""Which files a run is about, from what the user names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from palms_spec.documents.discovery import (
    RECORD_FILES,
    RECORD_FOLDERS,
    ROW_SUFFIXES,
    SUFFIXES,
    find_root,
    glob_pattern,
    is_excluded,
    walk_files,
)
from palms_spec.documents.published.files import NONE_PUBLISHED, SUFFIX, PublishedFiles, published_files
from palms_spec.documents.published.marks import is_published
from palms_spec.errors import UsageError


@dataclass(frozen=True, slots=True)
class Inputs:
    """`names`: every file that could be a document, relative to the root. `rows`: those of JSONL that are linted in
    their own right where no dataset claims them. `shown`: paths, files or folders, whose findings are wanted; None is
    all. `stand_ins`: paths, by name, of files that are read in place of the named ones. `published`: the published
    texts among them."""

    root: Path
    names: tuple[str, ...]
    rows: tuple[str, ...]
    shown: tuple[str, ...] | None
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    published: PublishedFiles = NONE_PUBLISHED

    @property
    def named_rows(self) -> list[str]:
        """Files of rows that the user named, rather than a folder that holds them."""
        named = frozenset(self.shown or ())
        return [name for name in self.rows if name in named]

    def shows(self, path: str) -> bool:
        """Whether findings in a file, or caused by it, are wanted. Of a glob, which ends in `/`: by what it covers."""
        if self.shown is None:
            return True
        if any(path == wanted or path.startswith(wanted + "/") or wanted == "." for wanted in self.shown):
            return True
        return path.endswith("/") and any(map(glob_pattern(path).fullmatch, self.shown))


def starting_folder(paths: Iterable[Path]) -> Path:
    """Where to look for palms.toml: the folder that all paths share, or the current one."""
    folders = [path.absolute() if path.is_dir() else path.absolute().parent for path in paths]
    if not folders:
        return Path.cwd()
    return Path(os.path.normpath(os.path.commonpath(folders)))


def find_inputs(
    paths: Iterable[Path],
    *,
    exclude: Iterable[str] = (),
    force_exclude: bool = False,
    stand_in: tuple[Path, Path] | None = None,
    model_specs: Iterable[str] = (),
) -> Inputs:
    """The files of the project in which the paths stand; without a palms.toml, the files below the paths alone, and of
    named Markdown what looks like a published text.

    With `force_exclude` what is excluded is passed over even where it is named. `stand_in` is a path, that need not
    exist, and the file that is read in its place. Raises UsageError for paths that do not exist.
    """
    paths, exclude = list(paths), tuple(exclude)
    missing = [str(path) for path in paths if not os.path.lexists(path)]
    if missing:
        raise UsageError("no such file or folder: " + ", ".join(missing))
    if stand_in is not None:
        paths.append(stand_in[0])
    project = find_root(starting_folder(paths))
    root = project or Path.cwd()
    names: dict[str, None] = {}
    if project is not None or not paths:
        names.update(dict.fromkeys(walk_files(root, exclude)))
    shown = tuple(_relative(path, root) for path in paths) if paths else None
    if force_exclude and shown is not None:
        paths = [path for path, name in zip(paths, shown, strict=True) if not is_excluded(name, exclude)]
        shown = tuple(_relative(path, root) for path in paths)
    for path, name in zip(paths, shown or (), strict=True):
        if path.is_dir():
            if project is None or name.startswith(".."):
                prefix = "" if name == "." else name + "/"
                names.update((prefix + below, None) for below in walk_files(path, exclude))
        elif name.endswith(SUFFIXES):
            names[name] = None
    explicit = set(shown or ())
    rows = tuple(name for name in names if name.endswith(ROW_SUFFIXES) and (name in explicit or not _is_record(name)))
    stand_ins = {_relative(stand_in[0], root): str(stand_in[1])} if stand_in is not None else {}
    published = published_files(names, model_specs, () if project is not None else _texts(root, shown or ()))
    return Inputs(root, tuple(sorted(names)), rows, shown, stand_ins, published)


def _texts(root: Path, named: Iterable[str]) -> Iterator[str]:
    """The named files of Markdown that look like published texts."""
    for name in named:
        path = root / name
        if name.endswith(SUFFIX) and path.is_file() and is_published(path.read_bytes()):
            yield name


def _relative(path: Path, root: Path) -> str:
    return PurePosixPath(Path(os.path.relpath(path, root))).as_posix()


def _is_record(name: str) -> bool:
    """Whether a file of rows holds records of palms: reviews, approvals, the files of a study."""
    parts = PurePosixPath(name).parts
    return parts[-1] in RECORD_FILES or not RECORD_FOLDERS.isdisjoint(parts[:-1])
