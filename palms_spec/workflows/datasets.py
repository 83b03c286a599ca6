"""A dataset with all its samples, by its id or its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.discovery import ROW_SUFFIXES
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
from palms_spec.sources.node import SequenceNode


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

    @property
    def sample_files(self) -> tuple[str, ...]:
        """The paths of the files with samples, in order."""
        return tuple(path for path, _ in self._files)

    @property
    def spec_path(self) -> str | None:
        """The path of the specification's document, if there is one."""
        return self._entry.spec.path if self._entry.spec is not None else None

    def samples(self, *, whole: bool = False) -> Iterator[StandingSample]:
        """All samples; what cannot be read as one is passed over, or, for a `whole` dataset, raises UsageError.

        Raises UnreadableSource where a file cannot be read.
        """
        for path, name in self._files:
            if path.endswith(ROW_SUFFIXES):
                for shard in plan_shards(self._content.on_disk(path), 1 << 40):
                    for raw, line, _ in iter_rows(shard):
                        found, defects = read_row(raw or b"", self._entry.context)
                        if whole and not found:
                            raise _unread(f"{path}:{line}")
                        for sample in found:
                            yield StandingSample(path, sample, len(defects))
            else:
                document, found = read_samples(path, self._content.read(path), name, self._entry.context)
                if whole and len(found) < (len(document.root.items) if isinstance(document.root, SequenceNode) else 1):
                    raise _unread(path)
                for sample in found:
                    yield StandingSample(path, sample, len(document.defects))

    def read(self, path: str) -> bytes:
        """The bytes of a document, or of a file with samples that is no JSONL."""
        return self._content.read(path)

    def on_disk(self, path: str) -> Path:
        """Where a file of the dataset lies."""
        return Path(self._content.on_disk(path))


def _unread(where: str) -> UsageError:
    return UsageError(f"{where} cannot be read as a sample", hint="`palms lint` says why")


def open_dataset(name: str, start: Path, *, known_as: str = "") -> OpenDataset:
    """The dataset with an id, or at a path (its document, or the folder with it), of the project around a folder. Of
    several at a path it is the one that is `known_as` an id, or else the first.

    Raises UsageError where there is none, and where its document has defects.
    """
    settings = load_settings(start)
    inputs = find_inputs(
        [] if start == Path.cwd() else [start], exclude=settings.exclude, model_specs=settings.model_specs
    )
    content = Content(inputs.root)

    def read(path: str) -> Document | None:
        data = content.read(path)
        return read_document(path, data) if may_be_document(data) else None

    project = load_project(inputs.root, inputs.names, read, content.read, published=inputs.published)
    wanted = _relative(name, start, inputs.root)
    chosen = [
        number
        for number, entry in enumerate(project.datasets)
        if entry.model.id == name or wanted in (entry.document.path, entry.folder)
    ]
    if not chosen:
        known = [entry.model.id for entry in project.datasets]
        hint = did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else "")
        raise UsageError(f"there is no dataset {name} in this project", hint=hint or "`palms lint` says what is wrong")
    number = next((one for one in chosen if project.datasets[one].model.id == known_as), chosen[0])
    entry = project.datasets[number]
    spec = entry.spec.model if entry.spec is not None and isinstance(entry.spec.model, Spec) else None
    files = tuple((file.path, file.name) for file in sample_files(project) if file.context == number)
    return OpenDataset(inputs.root, entry.document.path, entry.model, spec, entry, files, content)


def _relative(name: str, start: Path, root: Path) -> str:
    path = (start / name).absolute()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
