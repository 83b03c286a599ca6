"""The matrix of a project: each position with its samples, their reviews, and the prompts that ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from palms_spec.comparison.datasets import DatasetVersion, SampleVersion
from palms_spec.documents.discovery import ROW_SUFFIXES, walk_files
from palms_spec.documents.identity import position_hash
from palms_spec.documents.records import read_records
from palms_spec.documents.references import parse_reference
from palms_spec.documents.reviews import REVIEWS_FOLDER, Review
from palms_spec.documents.spec import Category, Position, Spec
from palms_spec.engine.cache import Cache
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.facts.tracing import Trace, TracedPosition, TracedSample
from palms_spec.facts.verdicts import Verdicts
from palms_spec.sources.trees import FolderTree, Tree
from palms_spec.workflows.versions import ReadVersion, VersionReader


def trace(settings: Settings, *, cache: bool = True) -> Trace:
    """The matrix of the project at hand."""
    store = Cache(settings.root if cache and settings.configuration else None)
    tree = FolderTree(settings.root, lambda: walk_files(settings.root, settings.exclude))
    try:
        version = VersionReader(settings.root, settings.exclude, store).read(tree)
    finally:
        store.close()
    reviews, unread = read_reviews(tree)
    verdicts = Verdicts(reviews)
    rows = [
        _traced(one.spec, category, position, version, verdicts)
        for _, one in sorted(version.version.specs.items())
        for category in one.spec.categories
        for position in category.positions
    ]
    return Trace(tuple(sorted(rows, key=lambda one: not one.gaps)), (*version.unread, *unread))


def read_reviews(tree: Tree) -> tuple[list[Review], list[str]]:
    """All review records below `reviews` folders, and the files of which something could not be read."""
    reviews: list[Review] = []
    unread: list[str] = []
    for name in sorted(tree.marks):
        if not (name.endswith(ROW_SUFFIXES) and REVIEWS_FOLDER in PurePosixPath(name).parts[:-1]):
            continue
        try:
            lines = list(read_records(tree.read(name), Review))
        except UnreadableSource:
            unread.append(name)
            continue
        reviews += [line.record for line in lines if line.record is not None]
        if any(line.defect for line in lines):
            unread.append(name)
    return reviews, unread


def _traced(
    spec: Spec, category: Category, position: Position, version: ReadVersion, verdicts: Verdicts
) -> TracedPosition:
    hashed = position_hash(position)
    samples: list[TracedSample] = []
    wanted = 0
    for dataset in _followers(version, spec.id):
        wanted = max(wanted, dataset.dataset.coverage.per_position or 0)
        samples += [
            TracedSample(
                dataset.dataset.id,
                sample.id,
                sample.path,
                verdicts.standing(sample.id, sample.turns_hash, position.id, hashed),
                dataset.dataset.reviews.required,
            )
            for sample in _serving(dataset.samples.values(), position.id)
        ]
    prompts: dict[str, list[str]] = {}
    for prompt_set in version.version.prompt_sets.values():
        if parse_reference(prompt_set.prompts.spec).id == spec.id:
            for prompt in prompt_set.prompts.prompts:
                if position.id in prompt.positions:
                    prompts.setdefault(prompt.split, []).append(prompt.id)
    return TracedPosition(
        spec.id,
        category.id,
        position.id,
        position.statement,
        position.status == "retired",
        tuple(samples),
        {split: tuple(ids) for split, ids in prompts.items()},
        wanted,
    )


def _followers(version: ReadVersion, spec: str) -> Iterator[DatasetVersion]:
    for dataset in version.version.datasets.values():
        if dataset.dataset.spec is not None and parse_reference(dataset.dataset.spec).id == spec:
            yield dataset


def _serving(samples: Iterable[SampleVersion], position: str) -> Iterator[SampleVersion]:
    yield from (sample for sample in samples if position in sample.positions)
