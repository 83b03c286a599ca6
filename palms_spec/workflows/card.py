"""The card of a dataset: the README of a Hugging Face repository, with what is declared and what is measured.

What a tool cannot know, how and by whom the samples were made, stands in `card.md` beside the dataset's document and is
taken over as it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import mean, quantiles

from palms_spec.analysis.diversity import distinct_openings, most_alike, type_token_ratio
from palms_spec.analysis.gendered_words import FEMALE, MALE
from palms_spec.analysis.readability import automated_readability
from palms_spec.analysis.sentences import sentences
from palms_spec.analysis.words import folded_words
from palms_spec.documents.sample import Sample
from palms_spec.errors import UsageError
from palms_spec.workflows.datasets import OpenDataset, StandingSample

NOTES = "card.md"
USE = """\
For fine-tuning a language model toward the specification named above, and for studying how that changes it. A dataset \
of this size shifts behavior; it does not make a model safe. The values are those of the specification's stated \
context and are no universal standard: who deploys a model elsewhere writes positions of their own."""
CONTROL_USE = """\
For training the control model of a comparison: what it changes is due to fine-tuning as such. It teaches no values, \
and says nothing about them."""
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
COMPARED = 2_000
"""Up to so many samples every pair is compared."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of one sample: its words, those of its answer, and the readability index of the answer."""

    standing: StandingSample
    words: list[str]
    answer: list[str]
    readability: float


def dataset_card(dataset: OpenDataset) -> str:
    """The card, as Markdown with YAML metadata in front.

    Raises UsageError where a sample has defects or there is none.
    """
    standing = list(dataset.samples())
    if not standing:
        raise UsageError(f"{dataset.model.id} has no samples", hint="a card describes what is there")
    if any(one.defects for one in standing):
        raise UsageError(f"{dataset.model.id} has samples with defects", hint="`palms lint` names them")
    measured = [_measure(one) for one in standing]
    parts = [*_metadata(dataset, len(standing)), *_head(dataset), *_notes(dataset), *_content(dataset, measured)]
    return "\n\n".join([*parts, *_diversity(measured), *_use(dataset)]) + "\n"


def _measure(standing: StandingSample) -> Measured:
    sample = standing.sample
    words = [word for turn in sample.turns for word in folded_words(turn.content)]
    answer = sample.answer.content if sample.answer else ""
    folded = folded_words(answer)
    count = max(1, len(sentences(answer)))
    index = automated_readability(sum(map(len, folded)), max(1, len(folded)), count)
    return Measured(standing, words, folded, index)


def _metadata(dataset: OpenDataset, samples: int) -> Iterator[str]:
    model = dataset.model
    size = next((name for bound, name in SIZES if samples < bound), "1M<n<10M")
    lines = [
        "---",
        *([f"license: {json.dumps(model.license.lower())}"] if model.license else []),
        f"language: [{json.dumps(model.language)}]",
        f"pretty_name: {json.dumps(model.title, ensure_ascii=False)}",
        "task_categories: [text-generation, question-answering]",
        f"size_categories: [{json.dumps(size)}]",
        "tags: [values, alignment, fine-tuning, palms]",
        "---",
    ]
    yield "\n".join(lines)


def _head(dataset: OpenDataset) -> Iterator[str]:
    model = dataset.model
    yield f"# {model.title}"
    roles = {
        "values-targeted": "question-answer samples for fine-tuning that show the behavior its specification asks for",
        "control": f"question-answer samples on neutral topics, the control for `{model.control_for}`",
    }
    kind = roles.get(model.role or "", "question-answer samples")
    yield f"`{model.id}`: {kind}. Status: **{model.status}**."
    if dataset.spec is not None:
        spec = dataset.spec
        yield f"Specification: {spec.title} (`{spec.id}` {spec.version}, status {spec.status})."
        consulted = ", ".join(spec.governance.consulted) or "nobody outside the project"
        owners = ", ".join(spec.governance.owners) or "none named"
        yield f"Owners of the specification: {owners}. Consulted: {consulted}."
    needed = model.reviews.required
    yield f"Reviews that a sample needs: {needed}. " + (
        "No approval or review by people is claimed." if not needed else f"At least {model.reviews.minimum} of 5 each."
    )


def _notes(dataset: OpenDataset) -> Iterator[str]:
    path = dataset.root / PurePosixPath(dataset.path).parent / NOTES
    if path.is_file():
        yield path.read_text("utf-8").strip()


def _content(dataset: OpenDataset, measured: list[Measured]) -> Iterator[str]:
    yield "## What is in it"
    samples = [one.standing.sample for one in measured]
    lengths = [len(one.words) for one in measured]
    total = sum(len(turn.content.encode()) for sample in samples for turn in sample.turns)
    counted = "1 sample" if len(samples) == 1 else f"{len(samples)} samples"
    yield (
        f"{counted}, {sum(lengths):,} words, {total / 1000:.0f} kB of text. Question and answer together "
        f"have {min(lengths)} to {max(lengths)} words, {mean(lengths):.0f} on average."
    )
    yield from (
        _categories(dataset, samples) if dataset.spec and any(one.category for one in samples) else _topics(measured)
    )


def _categories(dataset: OpenDataset, samples: list[Sample]) -> Iterator[str]:
    assert dataset.spec is not None
    by_category = Counter(sample.category for sample in samples)
    by_position = Counter(position for sample in samples for position in set(sample.positions))
    rows = ["| category | samples | position | samples that serve it |", "| --- | ---: | --- | ---: |"]
    for category in dataset.spec.categories:
        for at, position in enumerate(category.positions):
            name, count = (category.name, str(by_category[category.id])) if not at else ("", "")
            rows.append(f"| {name} | {count} | {position.subject or position.id} | {by_position[position.id]} |")
    yield "\n".join(rows)


def _topics(measured: list[Measured]) -> Iterator[str]:
    folders = Counter(PurePosixPath(one.standing.path).parent.name for one in measured)
    yield "Topics: " + ", ".join(f"{name} {count}" for name, count in sorted(folders.items())) + "."


def _diversity(measured: list[Measured]) -> Iterator[str]:
    yield "## How varied it is"
    words = [word for one in measured for word in one.answer]
    different, all_openings = distinct_openings(one.answer for one in measured)
    low, middle, high = quantiles((one.readability for one in measured), n=4) if len(measured) > 1 else (0, 0, 0)
    female, male = sum(word in FEMALE for word in words), sum(word in MALE for word in words)
    rows = [
        "| measure | value |",
        "| --- | --- |",
        f"| different openings of four words, of {all_openings} answers | {different} |",
        f"| type-token ratio, moving window of 500 words | {type_token_ratio(words):.2f} |",
        f"| readability (ARI, about a U.S. school grade): quartiles | {low:.1f}, {middle:.1f}, {high:.1f} |",
        f"| English words for women, for men, in the answers | {female}, {male} |",
    ]
    if 1 < len(measured) <= COMPARED:
        likeness, one, other = most_alike([one.words for one in measured])
        names = " and ".join(f"`{_name(measured[number].standing)}`" for number in (one, other))
        rows.append(f"| the two samples most alike (Jaccard, three words) | {likeness:.3f}: {names} |")
    yield "\n".join(rows)


def _name(standing: StandingSample) -> str:
    return standing.sample.id or standing.path


def _use(dataset: OpenDataset) -> Iterator[str]:
    yield "## For what, and for what not"
    yield CONTROL_USE if dataset.model.role == "control" else USE
    name = dataset.model.id
    yield f"License: {dataset.model.license or 'none stated'}. This card is generated by `palms card {name}`."
