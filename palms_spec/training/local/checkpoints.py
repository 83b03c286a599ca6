"""Checkpoints that are whole: a trainer writes their files one by one, and may be killed between any two of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson

from palms_spec.sources.atomic import write_atomically
from palms_spec.training.local.hashing import FileHash, hashes_below

SEAL = "palms-checkpoint.json"
PREFIX = "checkpoint-"


def seal(folder: Path) -> None:
    """Note the hashes of all files of a checkpoint that is complete."""
    files = {one.file: one.sha256 for one in hashes_below(folder)}
    write_atomically(folder / SEAL, orjson.dumps(files, option=orjson.OPT_INDENT_2))


def newest_whole(folder: Path) -> Path | None:
    """The checkpoint with the most steps that is as it was sealed. Those that are not are removed."""
    for step in sorted(_steps(folder), reverse=True):
        path = folder / f"{PREFIX}{step}"
        if _is_whole(path):
            return path
        shutil.rmtree(path)
    return None


def step_of(checkpoint: Path | None) -> int:
    """The steps that were done when it was written; 0 without one."""
    return int(checkpoint.name.removeprefix(PREFIX)) if checkpoint is not None else 0


def _steps(folder: Path) -> list[int]:
    names = [path.name.removeprefix(PREFIX) for path in folder.glob(f"{PREFIX}*") if path.is_dir()]
    return [int(name) for name in names if name.isascii() and name.isdigit()]


def _is_whole(path: Path) -> bool:
    try:
        sealed = orjson.loads((path / SEAL).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return False
    found: list[FileHash] = [one for one in hashes_below(path) if one.file != SEAL]
    return bool(sealed == {one.file: one.sha256 for one in found})
