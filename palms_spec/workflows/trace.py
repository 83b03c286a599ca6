"""The matrix of a project: each position with its samples, their reviews, and the prompts that ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.comparison.datasets import DatasetVersion, SampleVersion
from palms_spec.documents.references import parse_reference
from palms_spec.documents.spec import Category, Position, Spec
from palms_spec.engine.settings import Settings
from palms_spec.facts.tracing import Trace, TracedPosition, TracedSample
from palms_spec.facts.verdicts import Verdicts
from palms_spec.workflows.reviewed import read_reviewed
from palms_spec.workflows.versions import ReadVersion


def trace(settings: Settings, *, cache: bool = True) -> Trace:
    """The matrix of the project at hand."""
    found = read_reviewed(settings, cache=cache)
    rows = [
        _traced(one.spec, category, position, found.version, found.verdicts)
        for _, one in sorted(found.version.version.specs.items())
        for category in one.spec.categories
        for position in category.positions
    ]
    return Trace(tuple(sorted(rows, key=lambda one: not one.gaps)), found.unread)


def _traced(
    spec: Spec, category: Category, position: Position, version: ReadVersion, verdicts: Verdicts
) -> TracedPosition:
    samples: list[TracedSample] = []
    wanted = 0
    for dataset in _followers(version, spec.id):
        wanted = max(wanted, dataset.dataset.coverage.per_position or 0)
        samples += [
            TracedSample(
                dataset.dataset.id,
                sample.id,
                sample.path,
                verdicts.standing(dataset.dataset.id, sample.id, sample.turns_hash, spec.id, position.id),
                dataset.dataset.reviews,
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
