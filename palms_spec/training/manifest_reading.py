"""A manifest as somebody hands it to us: nothing in it is believed before it is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from palms_spec.documents.splits import SPLITS, SplitName
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.sources.files import read_bytes
from palms_spec.training.manifest import MANIFEST_FILE, VERSION, Source
from palms_spec.training.row_file import Written

MOST_BYTES = 500_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch
Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Split:
    """The file of a split, its rows and the tokens of its texts."""

    name: SplitName
    file: str
    rows: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is needed of a manifest to prove it, and to hand its files to somebody."""

    folder: Path
    tool_version: str
    dataset: str
    dataset_path: str
    target: str
    method: str
    shape: str
    model: str | None
    max_tokens: int | None
    wanted: tuple[SplitName, ...]
    sources: tuple[Source, ...]
    outputs: tuple[Written, ...]
    splits: tuple[Split, ...]
    tokens_estimated: bool


def read_manifest(path: Path) -> Manifest:
    """The manifest at a path, or in the folder there. Raises UsageError for what is none."""
    file = path / MANIFEST_FILE if path.is_dir() else path
    try:
        value = orjson.loads(read_bytes(file, MOST_BYTES))
    except UnreadableSource as error:
        raise UsageError(f"{file}: {error.message}", hint=error.hint) from error
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{file} is no JSON, so it is no manifest") from error
    if not isinstance(value, dict) or "palms_manifest" not in value:
        raise UsageError(f"{file} is no manifest of palms compile", hint="it lies beside the compiled files")
    if value["palms_manifest"] != VERSION:
        raise UsageError(f"{file} is written in another form than this palms reads", hint="upgrade palms-spec")
    try:
        return _manifest(file.parent, value)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{file} has not the parts of a manifest: {error}", hint="compile again") from error


def _manifest(folder: Path, value: Value) -> Manifest:
    target = value["target"]
    return Manifest(
        folder,
        _text(value["tool"]["version"]),
        _text(value["dataset"]["id"]),
        _inside(value["dataset"]["path"]),
        _text(target["name"]),
        _text(target["method"]),
        _text(target["shape"]),
        _text(target["model"]) if target["model"] is not None else None,
        int(target["max_tokens"]) if target["max_tokens"] is not None else None,
        tuple(split for split in SPLITS if split in value["splits"]["written"]),
        tuple(Source(_inside(one["path"]), _hash(one["sha256"]), int(one["bytes"])) for one in value["sources"]),
        tuple(Written(_name(one["file"]), _hash(one["sha256"]), int(one["bytes"])) for one in value["outputs"]),
        tuple(_split(one) for one in value["splits"]["files"]),
        bool(value["tokens"]["estimate"]),
    )


def _split(value: Value) -> Split:
    name = next((split for split in SPLITS if split == value["name"]), None)
    if name is None:
        raise ValueError(f"{value['name']!r} is no split")
    return Split(name, _name(value["file"]), int(value["rows"]), int(value["tokens"]["total"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _hash(value: Any) -> str:
    if not _SHA256(_text(value)):
        raise ValueError(f"{value!r} is no SHA-256")
    return str(value)


def _name(value: Any) -> str:
    """The name of a file in the manifest's own folder."""
    if _text(value) in ("", ".", "..") or "/" in value or "\\" in value or "\0" in value:
        raise ValueError(f"{value!r} is no name of a file beside it")
    return str(value)


def _inside(value: Any) -> str:
    """A path that leads nowhere outside."""
    path = PurePosixPath(_text(value))
    if not path.parts or path.is_absolute() or ".." in path.parts or "\0" in value:
        raise ValueError(f"{value!r} leads out of the project")
    return path.as_posix()
