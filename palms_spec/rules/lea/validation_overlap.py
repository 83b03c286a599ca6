from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.likeness import jaccard, shingles
from palms_spec.documents.identity import content_id
from palms_spec.documents.splits import split_of
from palms_spec.facts.group import Group, Member
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule

DATASET_PATH = "datasets/example/dataset.yaml"
DATASET = """\
palms: 1
kind: dataset
id: example
title: Example
spec: example
samples: [samples/*.md]
splits: {train: 0.5, validation: 0.5, seed: 1}
"""
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\n{}\n"
FIRST = "That takes a clinician to say, so please show it to one today."
SECOND = "A photograph is not enough to tell. A clinician looks at the skin and asks when the spots began."
LONG = (
    "That takes a clinician to say, so please show it to one rather than wait for it to pass. Until then keep the child at "
    "home and away from others, offer plenty to drink, and write down when it began and where it spread, because those are "
    "the first things that you will be asked about."
)
IN_TRAIN, ALSO_IN_TRAIN, IN_VALIDATION = "measles", "spots", "itch"


def _project(first: str, second: str, *, other: str = IN_VALIDATION, dataset: str = DATASET) -> dict[str, str]:
    folder = "datasets/example/samples"
    return {DATASET_PATH: dataset, f"{folder}/{IN_TRAIN}.md": first, f"{folder}/{other}.md": second}


@dataclass(frozen=True, slots=True)
class Settings:
    threshold: float = field(
        default=0.8,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "How alike two samples are at least: the phrases of three words that both have, over all that "
            "either has. Of pairs less alike than 0.7 not all are found.",
        },
    )


@rule(
    code="LEA004",
    severity="warning",
    since="0.1",
    subject="group",
    namespaces=[Namespace.PROMPT, Namespace.NEAR_SAMPLE],
    settings=Settings,
    expected="What a dataset keeps for validation or for its test is not in its training split as well.",
    examples=[
        Example(
            bad=_project(
                SAMPLE.format("Is this rash measles?", FIRST), SAMPLE.format("[[Is this  rash measles?]]", SECOND)
            ),
            good=_project(
                SAMPLE.format("Is this rash measles?", FIRST), SAMPLE.format("Are these spots harmless?", SECOND)
            ),
        ),
        Example(
            bad=_project(
                SAMPLE.format("Is this rash measles?", LONG), SAMPLE.format("[[Is that rash measles?]]", LONG)
            ),
            good=_project(SAMPLE.format("Is this rash measles?", LONG), SAMPLE.format("Is that rash measles?", SECOND)),
        ),
    ],
    near_misses=[
        _project(
            SAMPLE.format("Is this rash measles?", FIRST),
            SAMPLE.format("Is this rash measles?", SECOND),
            other=ALSO_IN_TRAIN,
        ),
        _project(
            SAMPLE.format("Is this rash measles?", FIRST),
            SAMPLE.format("Is this rash measles?", SECOND),
            dataset=DATASET.replace("splits: {train: 0.5, validation: 0.5, seed: 1}\n", ""),
        ),
    ],
)
def validation_overlap(group: Group, settings: Settings) -> Iterator[Problem]:
    """A sample that is kept for validation is in the training split as well, or nearly.

    The splits of a dataset are drawn by the ids of the samples. A prompt that stands in two of them is reported, whatever
    its answers are, and so are samples with different prompts that are nearly the same throughout. The dataset's own test
    split is looked at like its validation split.

    ## Why it matters

    The loss on the validation split says when training has gone on long enough. With samples in it that were trained on, it
    goes on falling while the model only learns them by heart.
    """
    for members in group.sample_sets():
        if group.sample(members[0]).context.shares is None:
            continue
        splits = {member: _split(group.sample(member)) for member in members}
        trained = [member for member in members if splits[member] == "train"]
        for kept in members:
            if splits[kept] != "train" and (found := _first_like(group, kept, trained, settings.threshold)):
                other, how = found
                message = f"{how} in the {splits[kept]} split here, and in the training split"
                related = (Elsewhere("trained on here", other),)
                yield Problem(message, "delete one of the two, or make them differ", member=kept, related=related)


def _first_like(group: Group, kept: Member, trained: list[Member], threshold: float) -> tuple[Member, str] | None:
    if group.namespace == Namespace.PROMPT:
        return (trained[0], "the same prompt stands") if trained else None
    facts = group.sample(kept)
    pieces = frozenset(shingles(facts.words))
    for member in trained:
        other = group.sample(member)
        likeness = jaccard(pieces, frozenset(shingles(other.words)))
        if likeness >= threshold and facts.normalized[:-1] != other.normalized[:-1]:
            return member, f"nearly the same sample ({int(likeness * 100)}% of the phrases) stands"
    return None


def _split(facts: SampleFacts) -> str:
    assert facts.context.shares is not None, "asked only where there are splits"
    return split_of(facts.context.seed, facts.sample.id or content_id(facts.sample.turns), facts.context.shares)
