"""Which files hold the rows of a data set: one file, a folder of them, or what Hugging Face's datasets saved."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from palms_spec.documents.discovery import ALWAYS_EXCLUDED
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.sources.files import read_bytes
from palms_spec.sources.row_kinds import RowKind, row_kind

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".json", ".json.gz", ".parquet", ".arrow", ".feather")
STATE, SPLITS = "state.json", "dataset_dict.json"
"""What `save_to_disk` writes beside the rows: which files they are in, and which splits there are."""
BESIDE = frozenset((STATE, SPLITS, "dataset_info.json", "dataset_infos.json"))
_SPLIT_WORDS = {"valid": "validation", "val": "validation", "dev": "validation", "eval": "test", "testing": "test"}
_SPLITS = "train|training|validation|valid|val|dev|test|testing|eval"
_SPLIT_NAME = re.compile(rf"(?:.*[-._])?({_SPLITS})(?:[-._].*)?").fullmatch
_SHARD_NAME = re.compile(r"(.+)-\d{3,}-of-\d{3,}").fullmatch


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of rows. `name` is its path below what the user named, `split` that of the data set it belongs to, ""
    where that is not known."""

    path: Path
    name: str
    kind: RowKind
    split: str = ""


def source_files(source: Path, split: str | None = None) -> list[SourceFile]:
    """The files with the rows of a file or folder, in order; of a folder with several splits those of one.

    Raises UsageError where there are none, and where there are several splits and none is named, and UnreadableSource
    where a file cannot be opened or is of no known kind.
    """
    if not os.path.lexists(source):
        raise UsageError(f"no such file or folder: {source}")
    if not source.is_dir():
        if split is not None:
            raise UsageError(f"--split is for folders, and {source.name} is a file")
        return [_file(source, source.name)]
    found = [_file(path, path.relative_to(source).as_posix(), of) for path, of in _in_folder(source)]
    if not found:
        raise UsageError(f"{source} holds no file of rows", hint=f"known endings: {', '.join(SUFFIXES)}")
    return _of_split(source, found, split)


def _file(path: Path, name: str, split: str = "") -> SourceFile:
    try:
        return SourceFile(path, name, row_kind(path), split)
    except UnreadableSource as error:
        raise UnreadableSource(f"{name}: {error.message}", hint=error.hint) from error


def _of_split(source: Path, files: list[SourceFile], split: str | None) -> list[SourceFile]:
    names = list(dict.fromkeys(file.split for file in files))
    if split is not None:
        if split not in names:
            known = [name for name in names if name]
            hint = did_you_mean(split, known) or (f"there are {', '.join(known)}" if known else "it has no splits")
            raise UsageError(f"{source} has no split {split}", hint=hint)
        return [file for file in files if file.split == split]
    if len(names) > 1:
        listed = ", ".join(name or "files of no split" for name in names)
        first = next(name for name in names if name)
        raise UsageError(
            f"{source} holds several splits: {listed}",
            hint=f"import one at a time, each into a dataset of its own: --split {first}",
        )
    return files


def _in_folder(folder: Path, split: str = "") -> list[tuple[Path, str]]:
    if (folder / SPLITS).is_file():
        names = _read(folder / SPLITS).get("splits")
        splits = [name for name in names if type(name) is str] if isinstance(names, list) else []
        return [one for name in splits for one in _in_folder(_inside(folder, name), name)]
    if (folder / STATE).is_file():
        return [(path, split) for path in _saved(folder)]
    found: list[tuple[Path, str]] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in ALWAYS_EXCLUDED:
                found += _in_folder(path, split or _named_split(entry.name))
        elif entry.name.endswith(SUFFIXES) and entry.name not in BESIDE and entry.stat().st_size:
            found.append((path, split or _named_split(entry.name)))
    return found


def _saved(folder: Path) -> Iterable[Path]:
    """The files that a folder of `save_to_disk` says its rows are in; what else lies there is a cache."""
    state = _read(folder / STATE)
    if state.get("_indices_data_files"):
        raise UsageError(
            f"{folder} was saved with a selection of its rows, by a release of datasets before 2",
            hint="load it, and save it again with a current release",
        )
    listed = state.get("_data_files")
    names = [entry.get("filename") for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return [_inside(folder, name) for name in names if type(name) is str]


def _inside(folder: Path, name: str) -> Path:
    """A path in a folder; what leads out of it is not followed."""
    if PurePosixPath(name).name != name or name in ("", ".", ".."):
        raise UsageError(f"{folder} names a file elsewhere: {name}")
    return folder / name


def _read(path: Path) -> dict[str, Any]:
    try:
        value = orjson.loads(read_bytes(path))
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    return value if isinstance(value, dict) else {}


def _named_split(name: str) -> str:
    """The split that a file or folder is named after; "" if it is after none."""
    name = next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)
    if shard := _SHARD_NAME(name):
        name = shard[1]
    found = _SPLIT_NAME(name.lower())
    return _SPLIT_WORDS.get(found[1], found[1].removesuffix("ing")) if found else ""
