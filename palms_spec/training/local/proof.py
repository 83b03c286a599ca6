"""Whether a trained model is still what its record says: its files, the rows it learnt, the model it began as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from palms_spec.errors import SourceError, UsageError
from palms_spec.sources.files import read_bytes
from palms_spec.training.local.hashing import hashes_below
from palms_spec.training.local.job_folder import RECORD_FILE
from palms_spec.training.local.record import DATA_MANIFEST, VERSION
from palms_spec.training.manifest_reading import MOST_BYTES, Manifest
from palms_spec.training.verified import Difference, VerifiedModel

CHANGED = "its bytes are others than the record says"


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What is needed of a record to check it. `outputs` and `base_files` are hashes by path below their folders."""

    folder: Path
    outputs: dict[str, str]
    base: str
    base_files: dict[str, str]
    rows: dict[str, str]
    manifests: frozenset[str]


def model_folder(path: Path) -> Path | None:
    """The folder of a trained model, if a path leads to one or to its record."""
    record = path / RECORD_FILE if path.is_dir() else path
    return record.parent if record.name == RECORD_FILE and record.is_file() else None


def read_record(folder: Path) -> ModelRecord:
    """The record in a model's folder. Raises UsageError for what is none."""
    path = folder / RECORD_FILE
    try:
        value = orjson.loads(read_bytes(path, MOST_BYTES))
        if value["palms_training"] != VERSION:
            raise UsageError(f"{path} is written in another form than this palms reads", hint="upgrade palms-spec")
        return ModelRecord(
            folder,
            _hashes(value["outputs"]),
            str(value["base"]["model"]),
            _hashes(value["base"]["files"]),
            {str(name): str(split["rows_sha256"]) for name, split in value["data"].items()},
            frozenset(str(split["manifest_sha256"]) for split in value["data"].values()),
        )
    except SourceError as error:
        raise UsageError(f"{path}: {error.message}", hint=error.hint) from error
    except (KeyError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise UsageError(
            f"{path} has not the parts of a record: {error}", hint="it is written with the model"
        ) from error


def check_model(record: ModelRecord, manifest: Manifest) -> tuple[VerifiedModel, list[Difference]]:
    """Compare a model's folder with its record, and the record with the manifest of the rows.

    The model that it began as is compared as well, if it is at hand where the record says.
    """
    base = Path(record.base).expanduser()
    at_hand = base.is_dir()
    differences = [
        *_compared(record.folder, record.outputs, "output", (RECORD_FILE,)),
        *_compared_data(record, manifest),
    ]
    if at_hand:
        differences += _compared(base, record.base_files, "base")
    return VerifiedModel(len(record.outputs), at_hand), differences


def _compared(folder: Path, said: dict[str, str], about: Any, without: tuple[str, ...] = ()) -> Iterator[Difference]:
    found = {file.file: file.sha256 for file in hashes_below(folder, without)}
    for name in sorted(said.keys() | found.keys()):
        if name not in found:
            yield Difference(about, name, "it is not there")
        elif name not in said:
            yield Difference(about, name, "the record does not know it")
        elif found[name] != said[name]:
            yield Difference(about, name, CHANGED)


def _compared_data(record: ModelRecord, manifest: Manifest) -> Iterator[Difference]:
    written = {output.sha256 for output in manifest.outputs}
    for name, sha256 in record.rows.items():
        if sha256 not in written:
            yield Difference("source", "", f"the {name} rows are none that the manifest of the data names")
    found = {file.file: file.sha256 for file in hashes_below(record.folder)}
    if found.get(DATA_MANIFEST) not in record.manifests:
        yield Difference("source", DATA_MANIFEST, "it is another than the rows were compiled with")


def _hashes(files: list[dict[str, Any]]) -> dict[str, str]:
    return {str(file["file"]): str(file["sha256"]) for file in files}
