"""A project as it is in a tree of files, ready to be compared. Files that are the same in two trees are read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from palms_spec.comparison.datasets import DatasetVersion, SampleVersion
from palms_spec.comparison.projects import ProjectVersion
from palms_spec.comparison.prompt_sets import PromptSetVersion
from palms_spec.comparison.specs import SpecVersion
from palms_spec.documents.context import SampleContext
from palms_spec.documents.discovery import SUFFIXES, TREE_SUFFIXES, is_excluded
from palms_spec.documents.document import Document
from palms_spec.documents.identity import content_id, sample_hash
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.published.files import NONE_PUBLISHED, PublishedFiles, published_files
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.rows import read_row
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.spec import Spec
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.packing import dumps, loads
from palms_spec.engine.units import SampleFile, sample_files
from palms_spec.errors import UnreadableSource
from palms_spec.sources.tree_lines import lines_of
from palms_spec.sources.trees import Tree
from palms_spec.training.readers.own_form import IMPORTED

COMPARED = frozenset(("", "values-spec", "prompt-set", "dataset"))
"""Kinds of documents that are compared; one that cannot be read says of no kind that it is one."""


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A tree, the project that its files make, what of it is compared, and its documents by path. `unread` are files
    that claim to be documents or to hold samples, and cannot be read as what they claim."""

    tree: Tree
    project: Project
    version: ProjectVersion
    documents: dict[str, Document]
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class VersionReader:
    """Reads versions of one project, for as long as it is compared. `exclude` and `model_specs` are those of the
    configuration; a file of Markdown that is a tree by itself is a published text."""

    root: Path
    exclude: tuple[str, ...] = ()
    cache: Cache = field(default_factory=lambda: Cache(None))
    model_specs: tuple[str, ...] = ()
    _samples: dict[tuple[str, str, str], list[SampleVersion] | None] = field(default_factory=dict)
    _rows: dict[tuple[int, bytes], list[SampleVersion]] = field(default_factory=dict)

    def read(self, tree: Tree) -> ReadVersion:
        """The project in a tree."""
        names = sorted(name for name in tree.marks if name.endswith(SUFFIXES) and not is_excluded(name, self.exclude))
        texts = published_files(names, self.model_specs, names if len(names) == 1 else ()).names
        published = PublishedFiles(texts) if texts else NONE_PUBLISHED
        tree.hold(name for name in names if name.endswith(TREE_SUFFIXES) or name in texts)

        def document(name: str) -> Document | None:
            data = tree.read(name)
            return read_document(name, data) if may_be_document(data) else None

        project = load_project(self.root, names, document, lambda name: b"", published=published)
        specs: dict[str, SpecVersion] = {}
        prompt_sets: dict[str, PromptSetVersion] = {}
        datasets: dict[str, DatasetVersion] = {}
        unread: list[str] = []
        for one in project.documents:
            if one.model is None and one.kind in COMPARED:
                unread.append(one.path)
            elif isinstance(one.model, Spec):
                specs.setdefault(one.id, SpecVersion(one.path, one.model))
            elif isinstance(one.model, PromptSet):
                prompt_sets.setdefault(one.id, PromptSetVersion(one.path, one.model))
        files = sample_files(project)
        tree.hold(file.path for file in files if not file.has_rows and self._is_new(tree, file))
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
            found = self._read(tree, file, context)
            if found is not None:
                self.cache.put(cache_key, dumps([_as_row(sample) for sample in found]))
        self._samples[key] = found
        return found

    def _read(self, tree: Tree, file: SampleFile, context: SampleContext) -> list[SampleVersion] | None:
        try:
            if file.has_rows:
                return [
                    sample
                    for number, raw in enumerate(lines_of(tree, file.path), 1)
                    for sample in self._row(file, number, raw, context)
                ]
            return [
                _version(file.path, 0, one) for one in samples_in(file.path, tree.read(file.path), file.name, context)
            ]
        except UnreadableSource:
            return None

    def _row(self, file: SampleFile, number: int, raw: bytes, context: SampleContext) -> list[SampleVersion]:
        """The samples of a row. Most rows are the same in both versions, if not on the same line."""
        mark = (file.context, blake2b(raw, digest_size=16).digest())
        found = self._rows.get(mark)
        if found is None:
            samples = read_row(raw, context)[0] if raw.strip() else []
            found = self._rows[mark] = [_version(file.path, number, sample) for sample in samples]
        same = not found or (found[0].path, found[0].line) == (file.path, number)
        return found if same else [replace(one, path=file.path, line=number) for one in found]


def samples_in(path: str, data: bytes, name: str, context: SampleContext) -> list[Sample]:
    """The samples of a file of these bytes that is no JSONL; `name` is what it is called below its dataset. Raises
    UnreadableSource for a file that holds no sample and ought to."""
    document, samples = read_samples(path, data, name, context)
    if document.defects and not samples:
        raise UnreadableSource(f"{path} holds no sample")
    return samples


def samples_in_rows(
    lines: Iterable[bytes], context: SampleContext, wanted: Collection[int] | None = None
) -> Iterator[tuple[int, Sample]]:
    """The samples of rows, each with the number of its line, from 1; with `wanted` of these lines only. What is wrong
    with a row costs that row and no other."""
    for number, raw in enumerate(lines, 1):
        if raw.strip() and (wanted is None or number in wanted):
            yield from ((number, sample) for sample in read_row(raw, context)[0])


def _version(path: str, line: int, sample: Sample) -> SampleVersion:
    rejected = sample_hash(sample.rejected) if sample.rejected else ""
    return SampleVersion(
        sample.id or content_id(sample.turns),
        path,
        sample_hash(sample.turns) + rejected,
        sample.category or "",
        tuple(sample.positions),
        sample.pointer,
        line,
        "\n".join(_noted("", {**sample.metadata, IMPORTED: {}})) if sample.metadata else "",
    )


def _noted(name: str, value: Any) -> Iterator[str]:
    """What metadata say, one value a line, in order of their names; which row of which file they were imported from is
    left out."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _noted(f"{name}.{key}" if name else key, value[key])
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _noted(f"{name}.{number}", item)
    else:
        yield f"{name}: {' '.join(value.split()) if isinstance(value, str) else dumps(value).decode()}"


def _cache_key(path: str, name: str, mark: str) -> bytes:
    return key_over("versions of samples", path, name, mark)


def _as_row(sample: SampleVersion) -> list[Any]:
    return [sample.id, sample.hash, sample.category, list(sample.positions), sample.pointer, sample.line, sample.noted]


def _from_row(path: str, row: list[Any]) -> SampleVersion:
    name, hashed, category, positions, pointer, line, noted = row
    return SampleVersion(name, path, hashed, category, tuple(positions), pointer, line, noted)
