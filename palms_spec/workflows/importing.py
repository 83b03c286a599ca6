"""Make a dataset of training files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.reading import read_document
from palms_spec.errors import PalmsError
from palms_spec.render.closing import counted
from palms_spec.sources.staged_folder import staged_folder
from palms_spec.sources.unchanged import file_state
from palms_spec.training.readers.conversation import UnfitRow
from palms_spec.training.readers.detection import Detected, detect
from palms_spec.training.readers.formats import format_named
from palms_spec.training.readers.imported import Imported, NotImported
from palms_spec.training.readers.own_form import IMPORTED, metadata_of, own_value, turns_of
from palms_spec.training.readers.reading import ReadRow, read_rows, survey
from palms_spec.training.readers.sample_ids import SampleIds
from palms_spec.training.readers.source_files import SourceFile, source_files
from palms_spec.workflows.compiled_sources import hash_file
from palms_spec.workflows.imported_folder import (
    DOCUMENT,
    check_apart,
    check_id,
    check_target,
    dataset_id,
    default_folder,
    document_text,
    shown,
)
from palms_spec.workflows.imported_samples import FilesWriter, RowsWriter, SampleWriter

MOST_FILES = 500
MOST_COLUMNS = 100
MOST_REASONS = 20
Progress = Callable[[float], None]


def import_data(
    source: Path,
    here: Path,
    *,
    form: str | None = None,
    split: str | None = None,
    out: Path | None = None,
    most_files: int = MOST_FILES,
    one_by_one: bool = False,
    force: bool = False,
    progress: Progress = lambda share: None,
) -> Imported:
    """Write the rows of a file or folder as a dataset.

    `form` is the name of their format, None to find it out. Up to `most_files` samples become a file each, more become
    rows of one file. Rows that cannot be imported are named `one_by_one`, or else the first of each of MOST_REASONS
    reasons. Raises UsageError, UnreadableSource, MissingExtra and, where the disk fails, OSError.
    """
    files = tuple(source_files(source, split))
    folder = out if out is not None else default_folder(source, here)
    name = dataset_id(folder)
    check_target(folder, shown(folder, here), force=force)
    check_apart(source, folder, shown(folder, here))
    check_id(name, folder)
    detected = Detected(format_named(form)) if form is not None else detect(files)
    done = Imported(files, detected, folder, name)
    try:
        _import(done, source, most_files, one_by_one, progress)
    finally:
        progress(1.0)
    return done


def _import(done: Imported, source: Path, most_files: int, one_by_one: bool, progress: Progress) -> None:
    files, form = done.files, done.detected.format
    states = [file_state(file.path) for file in files]
    hashes = {file.name: hash_file(file.path)[0] for file in files}
    seen = survey(_watched(read_rows(files, form), files, progress, 0.0))
    done.as_files, done.system = seen.conversations <= most_files, seen.system
    with staged_folder(done.folder) as stage:
        writer: SampleWriter = (FilesWriter if done.as_files else RowsWriter)(stage.path, done.dataset)
        _write(_watched(read_rows(files, form), files, progress, 0.5), writer, done, hashes, one_by_one)
        writer.close()
        _write_document(stage.path / DOCUMENT, done, writer.glob, source)
        if [file_state(file.path) for file in files] != states:
            raise PalmsError(f"{source.name} was changed while it was read", hint="import it again")
        if done.samples:
            stage.commit()


def _write(
    rows: Iterable[ReadRow], writer: SampleWriter, done: Imported, hashes: dict[str, str], one_by_one: bool
) -> None:
    alike: dict[tuple[str, str], NotImported] | None = None if one_by_one else {}
    with SampleIds() as ids:
        for row in rows:
            done.rows += 1
            if row.problem:
                _lose(row, row.problem, done, alike)
            origin = {"file": _text(row.file.name), "sha256": hashes[row.file.name], **row.row.place}
            for number, conversation in enumerate(row.conversations, start=1):
                item = {"item": number} if len(row.conversations) > 1 else {}
                metadata = metadata_of(conversation, row.row.value, {**origin, **item})
                try:
                    writer.add(ids.give(turns_of(conversation)), own_value(conversation, metadata, system=done.system))
                except UnfitRow as error:
                    _lose(row, error.message, done, alike)
                else:
                    done.samples += 1
                    _count(metadata, done.columns)


def _lose(row: ReadRow, reason: str, done: Imported, alike: dict[tuple[str, str], NotImported] | None) -> None:
    done.lost += 1
    one = NotImported(row.file.name, row.row.line, row.row.number, reason)
    if alike is None:
        done.not_imported.append(one)
    elif (known := alike.get((one.file, reason))) is not None:
        known.count += 1
    elif len(alike) < MOST_REASONS:
        alike[one.file, reason] = one
        done.not_imported.append(one)


def _count(metadata: dict[str, Any], columns: Counter[str]) -> None:
    for name in metadata:
        if name != IMPORTED and (name in columns or len(columns) < MOST_COLUMNS):
            columns[name] += 1


def _write_document(path: Path, done: Imported, glob: str, source: Path) -> None:
    """Write the dataset's document. It is read back, since nothing can be done with samples that no dataset claims."""
    names = ", ".join(_text(file.name) for file in done.files[:3])
    more = f" and {len(done.files) - 3} more" if len(done.files) > 3 else ""
    lost = f", {done.lost:,} of them not imported" if done.lost else ""
    remarks = [
        f"From {names}{more}: {counted(done.rows, 'row')} of {done.detected.format.name}{lost}.",
        "Each sample says in its metadata which row it comes from.",
    ]
    text = document_text(done.dataset, f"Imported from {_text(source.resolve().name)}", glob, done.system, remarks)
    path.write_bytes(text.encode())
    document = read_document(path.name, text.encode())
    if document is None or not isinstance(document.model, Dataset) or document.defects:
        raise PalmsError(f"the document of {done.dataset} does not read as it was written", hint="please report it")


def _text(name: str) -> str:
    """A name of a file as text, whatever its bytes are."""
    return name.encode("utf-8", "backslashreplace").decode()


def _watched(
    rows: Iterable[ReadRow], files: Iterable[SourceFile], progress: Progress, base: float
) -> Iterator[ReadRow]:
    """The rows, while the progress of this half of the work is reported."""
    sizes = {file.name: file.path.stat().st_size for file in files}
    total, before, current = sum(sizes.values()) or 1, 0, ""
    for at, row in enumerate(rows):
        if row.file.name != current:
            before, current = before + sizes.get(current, 0), row.file.name
        if at % 256 == 0:
            progress(base + 0.5 * (before + row.row.done * sizes[current]) / total)
        yield row
