"""Samples on their way to disk: a file each, or rows of one file. What is written is read back at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

import orjson

from palms_spec.documents.context import SampleContext
from palms_spec.documents.document import Defect
from palms_spec.documents.rows import read_row
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.writing import write_sample
from palms_spec.sources.files import MAX_DOCUMENT_BYTES
from palms_spec.sources.jsonl import MAX_ROW_BYTES
from palms_spec.training.readers.conversation import Message, UnfitRow
from palms_spec.training.row_file import RowFile

ROWS_FILE = "samples.jsonl"
FOLDER = "samples"


class SampleWriter(Protocol):
    """Takes samples. `glob` is what a dataset claims them with."""

    glob: str

    def add(self, name: str, value: dict[str, Any]) -> None:
        """Write a sample with an id. Raises UnfitRow, and writes nothing, where reading does not give it back."""

    def close(self) -> None:
        """Finish."""


class FilesWriter:
    """A file a sample: Markdown where that holds it exactly, else YAML, else JSON."""

    glob = f"{FOLDER}/*"

    def __init__(self, folder: Path, dataset: str) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir()
        self._context = SampleContext(dataset=dataset)

    def add(self, name: str, value: dict[str, Any]) -> None:
        """Write the file of a sample."""
        try:
            ending, text = write_sample(value)
            data = text.encode()
        except (ValueError, RecursionError) as error:
            raise UnfitRow(f"no file can hold it: {error}") from error
        _check_size(data, MAX_DOCUMENT_BYTES)
        document, samples = read_samples(name + ending, data, name, self._context)
        _check(samples, document.defects, value)
        path = self._folder / (name + ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def close(self) -> None:
        """Nothing is left to do."""


class RowsWriter:
    """All samples as rows of one JSONL file."""

    glob = ROWS_FILE

    def __init__(self, folder: Path, dataset: str) -> None:
        self._file = RowFile(folder / ROWS_FILE)
        self._context = SampleContext(dataset=dataset)

    def add(self, name: str, value: dict[str, Any]) -> None:
        """Write the row of a sample."""
        row = {"id": name, **value}
        try:
            data = orjson.dumps(row)
        except orjson.JSONEncodeError:
            try:
                data = json.dumps(row, allow_nan=False, separators=(",", ":")).encode()
            except (ValueError, RecursionError) as error:
                raise UnfitRow(f"no row can hold it: {error}") from error
        _check_size(data, MAX_ROW_BYTES)
        samples, defects = read_row(data, self._context)
        _check(samples, defects, value)
        self._file.add(data)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _check_size(data: bytes, most: int) -> None:
    if len(data) > most:
        raise UnfitRow(f"it is longer than {most / 1e6:g} MB")


def _check(samples: list[Sample], defects: list[Defect], value: dict[str, Any]) -> None:
    """Raise UnfitRow where what was read is not what was written."""
    if defects:
        raise UnfitRow(defects[0].message)
    (sample,) = samples
    said = [(turn.role, turn.content) for turn in (*sample.turns, *sample.rejected)]
    if said != _said(value) or (sample.metadata, sample.tools) != (value["metadata"], value.get("tools")):
        raise UnfitRow("reading it gives something else than what was written")


def _said(value: dict[str, Any]) -> list[tuple[str, str]]:
    if "completion" in value:
        return [("user", value["prompt"]), ("assistant", value["completion"])]
    if "messages" in value:
        return _spoken(value["messages"])
    if isinstance(value["chosen"], list):
        prompt = _spoken(value["prompt"])
        return [*prompt, *_spoken(value["chosen"]), *prompt, *_spoken(value["rejected"])]
    asked = ("user", value["prompt"])
    return [asked, ("assistant", value["chosen"]), asked, ("assistant", value["rejected"])]


def _spoken(messages: list[Message]) -> list[tuple[str, str]]:
    return [(message["role"], message.get("content") or "") for message in messages]
