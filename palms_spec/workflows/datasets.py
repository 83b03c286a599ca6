"""A dataset with all its samples, by its id or its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.document import Document
from palms_spec.documents.project import DatasetEntry, load_project
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.rows import read_row
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.content import Content
from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.settings import load_settings
from palms_spec.engine.units import sample_files
from palms_spec.errors import UsageError
from palms_spec.sources.jsonl import iter_rows, plan_shards


@dataclass(frozen=True, slots=True)
class StandingSample:
    """A sample and the file it stands in. `defects` counts what is wrong with its structure."""

    path: str
    sample: Sample
    defects: int = 0


@dataclass(frozen=True, slots=True)
class OpenDataset:
    """A dataset of a project. `path` is that of its document; `samples` reads them anew each time, in order of path."""

    root: Path
    path: str
    model: Dataset
    spec: Spec | None
    _entry: DatasetEntry
    _files: tuple[tuple[str, str], ...]
    _content: Content

    def samples(self) -> Iterator[StandingSample]:
        """All samples. Raises UnreadableSource where a file cannot be read."""
        for path, name in self._files:
            if path.endswith((".jsonl", ".jsonl.gz")):
                for shard in plan_shards(self._content.on_disk(path), 1 << 40):
                    for raw, _, _ in iter_rows(shard):
                        found, defects = read_row(raw or b"", self._entry.context)
                        yield from (StandingSample(path, sample, len(defects)) for sample in found)
            else:
                document, found = read_samples(path, self._content.read(path), name, self._entry.context)
                yield from (StandingSample(path, sample, len(document.defects)) for sample in found)


def open_dataset(name: str, start: Path) -> OpenDataset:
    """The dataset with an id, or at a path (its document, or the folder with it), of the project around a folder.

    Raises UsageError where there is none, and where its document has defects.
    """
    settings = load_settings(start)
    inputs = find_inputs([], exclude=settings.exclude) if start == Path.cwd() else find_inputs([start])
    content = Content(inputs.root)

    def read(path: str) -> Document | None:
        data = content.read(path)
        return read_document(path, data) if may_be_document(data) else None

    project = load_project(inputs.root, inputs.names, read, content.read)
    wanted = _relative(name, start, inputs.root)
    entries = {entry.document.path: entry for entry in project.datasets}
    chosen = [
        number
        for number, (path, entry) in enumerate(entries.items())
        if entry.model.id == name or wanted in (path, entry.folder)
    ]
    if not chosen:
        known = [entry.model.id for entry in project.datasets]
        hint = did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else "")
        raise UsageError(f"there is no dataset {name} in this project", hint=hint or "`palms lint` says what is wrong")
    number = chosen[0]
    entry = project.datasets[number]
    spec = entry.spec.model if entry.spec is not None and isinstance(entry.spec.model, Spec) else None
    files = tuple((file.path, file.name) for file in sample_files(project) if file.context == number)
    return OpenDataset(inputs.root, entry.document.path, entry.model, spec, entry, files, content)


def _relative(name: str, start: Path, root: Path) -> str:
    path = (start / name).absolute()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
