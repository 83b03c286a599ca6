"""A project as it is in a tree of files, ready to be compared. Files that are the same in two trees are read once."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.comparison.datasets import DatasetVersion, SampleVersion
from palms_spec.comparison.projects import ProjectVersion
from palms_spec.comparison.prompt_sets import PromptSetVersion
from palms_spec.comparison.specs import SpecVersion
from palms_spec.documents.context import SampleContext
from palms_spec.documents.discovery import ROW_SUFFIXES, SUFFIXES, TREE_SUFFIXES, is_excluded
from palms_spec.documents.document import Document
from palms_spec.documents.identity import content_id, sample_hash
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.rows import read_row
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.spec import Spec
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.packing import dumps, loads
from palms_spec.engine.units import SampleFile, sample_files
from palms_spec.errors import UnreadableSource
from palms_spec.sources.trees import Tree


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A tree, the project that its files make, what of it is compared, and its documents by path. `unread` are the
    files with samples of which something could not be read."""

    tree: Tree
    project: Project
    version: ProjectVersion
    documents: dict[str, Document]
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class VersionReader:
    """Reads versions of one project, for as long as it is compared. `exclude` is that of the configuration."""

    root: Path
    exclude: tuple[str, ...] = ()
    cache: Cache = field(default_factory=lambda: Cache(None))
    _samples: dict[tuple[str, str, str], list[SampleVersion] | None] = field(default_factory=dict)

    def read(self, tree: Tree) -> ReadVersion:
        """The project in a tree."""
        names = sorted(name for name in tree.marks if name.endswith(SUFFIXES) and not is_excluded(name, self.exclude))
        tree.hold(name for name in names if name.endswith(TREE_SUFFIXES))

        def document(name: str) -> Document | None:
            data = tree.read(name)
            return read_document(name, data) if may_be_document(data) else None

        project = load_project(self.root, names, document, lambda name: b"")
        specs: dict[str, SpecVersion] = {}
        prompt_sets: dict[str, PromptSetVersion] = {}
        datasets: dict[str, DatasetVersion] = {}
        unread: list[str] = []
        for one in project.documents:
            if isinstance(one.model, Spec):
                specs.setdefault(one.id, SpecVersion(one.path, one.model))
            elif isinstance(one.model, PromptSet):
                prompt_sets.setdefault(one.id, PromptSetVersion(one.path, one.model))
        files = sample_files(project)
        tree.hold(file.path for file in files if self._is_new(tree, file))
        for number, entry in enumerate(project.datasets):
            own = [file for file in files if file.context == number]
            samples, missed = self._all(tree, own, entry.context)
            unread += missed
            datasets.setdefault(entry.model.id, DatasetVersion(entry.document.path, entry.model, samples))
        version = ProjectVersion(specs, prompt_sets, datasets)
        return ReadVersion(tree, project, version, {one.path: one for one in project.documents}, tuple(unread))

    def _is_new(self, tree: Tree, file: SampleFile) -> bool:
        key = (file.path, file.name, tree.marks[file.path])
        return key not in self._samples and self.cache.get(_cache_key(*key)) is None

    def _all(
        self, tree: Tree, files: Iterable[SampleFile], context: SampleContext
    ) -> tuple[dict[str, SampleVersion], list[str]]:
        samples: dict[str, SampleVersion] = {}
        unread = []
        for file in files:
            found = self._of_file(tree, file, context)
            if found is None:
                unread.append(file.path)
            for sample in found or ():
                samples.setdefault(sample.id, sample)
        return samples, unread

    def _of_file(self, tree: Tree, file: SampleFile, context: SampleContext) -> list[SampleVersion] | None:
        """The samples of a file; None where it cannot be read to its end."""
        key = (file.path, file.name, tree.marks[file.path])
        if key in self._samples:
            return self._samples[key]
        cache_key = _cache_key(*key)
        if (value := self.cache.get(cache_key)) is not None:
            found: list[SampleVersion] | None = [_from_row(file.path, row) for row in loads(value)]
        else:
            found = _read(tree, file, context)
            if found is not None:
                self.cache.put(cache_key, dumps([_as_row(sample) for sample in found]))
        self._samples[key] = found
        return found


def _read(tree: Tree, file: SampleFile, context: SampleContext) -> list[SampleVersion] | None:
    try:
        data = tree.read(file.path)
        if not file.path.endswith(ROW_SUFFIXES):
            _, samples = read_samples(file.path, data, file.name, context)
            return [_version(file.path, sample) for sample in samples]
        rows = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (UnreadableSource, OSError, EOFError):
        return None
    return [_version(file.path, sample) for sample in _rows(rows, context)]


def _rows(data: bytes, context: SampleContext) -> Iterator[Sample]:
    for raw in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if raw.strip():
            yield from read_row(raw, context)[0]


def _version(path: str, sample: Sample) -> SampleVersion:
    rejected = sample_hash(sample.rejected) if sample.rejected else ""
    return SampleVersion(
        sample.id or content_id(sample.turns),
        path,
        sample_hash(sample.turns) + rejected,
        sample.category or "",
        tuple(sample.positions),
        sample.pointer,
    )


def _cache_key(path: str, name: str, mark: str) -> bytes:
    return key_over("versions of samples", path, name, mark)


def _as_row(sample: SampleVersion) -> list[str | list[str]]:
    return [sample.id, sample.hash, sample.category, list(sample.positions), sample.pointer]


def _from_row(path: str, row: list[str]) -> SampleVersion:
    name, hashed, category, positions, pointer = row
    return SampleVersion(name, path, hashed, category, tuple(positions), pointer)
