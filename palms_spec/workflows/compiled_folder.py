"""The folder of a target: compiled files take its place only where nothing else is lost by that."""

from __future__ import annotations

import os
from pathlib import Path

from palms_spec.errors import UsageError
from palms_spec.training.manifest import MANIFEST_FILE
from palms_spec.training.manifest_reading import read_manifest


def check_replaceable(folder: Path, dataset: str) -> None:
    """Raise UsageError where a folder holds what `palms compile` did not write there for the same dataset."""
    if not os.path.lexists(folder):
        return
    elsewhere = "name another folder with --out, or remove it"
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint=elsewhere)
    names = set(os.listdir(folder))
    if not names:
        return
    if MANIFEST_FILE not in names:
        raise UsageError(f"{folder} holds files that palms compile did not write", hint=elsewhere)
    manifest = read_manifest(folder)
    if manifest.dataset != dataset:
        raise UsageError(f"{folder} holds the files of {manifest.dataset}", hint=elsewhere)
    others = sorted(names - {MANIFEST_FILE} - {written.file for written in manifest.outputs})
    if others:
        raise UsageError(f"{folder} holds {', '.join(others[:5])}, which palms compile did not write", hint=elsewhere)
