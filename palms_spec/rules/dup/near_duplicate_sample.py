from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.likeness import jaccard, shingles
from palms_spec.facts.group import Group, Member
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import repetition
from palms_spec.rulekit.rule import Example, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\n{}\n"
ANSWER = (
    "That takes a clinician to say, so please show it to one {} rather than wait for it to pass. Until then keep the child "
    "at home and away from others, offer plenty to drink, and write down when the rash began and where it spread, because "
    "those are the first things that you will be asked about."
)
OTHER = (
    "Measles and several harmless rashes look alike in the first days, and telling them apart takes an examination and "
    "sometimes a swab. Please call before you come, so that nobody else in the waiting room catches anything."
)
TASK = (
    "Say in one word whether this message is urgent for the clinic, and nothing else: my son has had a fever since last "
    "night, he drinks well, he plays between two naps, and I would like to know whether I may wait until Monday with him."
)
SHARED_ANSWER = 0.5


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
    code="DUP002",
    severity="warning",
    since="0.1",
    subject="group",
    namespaces=[Namespace.NEAR_SAMPLE],
    aliases=["near-duplicate"],
    settings=Settings,
    expected="Every sample of a dataset says something that no other sample says in nearly the same words.",
    examples=[
        Example(
            bad={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", ANSWER.format("today")),
                "datasets/example/samples/spots.md": SAMPLE.format(
                    "[[Is this rash measles?]]", ANSWER.format("tomorrow")
                ),
            },
            good={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", ANSWER.format("today")),
                "datasets/example/samples/spots.md": SAMPLE.format("Is this rash measles?", OTHER),
            },
        ),
        Example(
            bad={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", ANSWER.format("today")),
                "datasets/example/samples/spots.md": SAMPLE.format(
                    "[[Is this rash: measles?]]", ANSWER.format("today").upper()
                ),
            },
            good={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", ANSWER.format("today")),
                "datasets/example/samples/spots.md": None,
            },
        ),
    ],
    near_misses=[
        {
            "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", ANSWER.format("today")),
            "datasets/example/samples/spots.md": SAMPLE.format("Is  this rash measles?", ANSWER.format("today")),
        },
        {
            "datasets/example/samples/spain.md": SAMPLE.format("What is the capital of Spain?", "Madrid."),
            "datasets/example/samples/italy.md": SAMPLE.format("What is the capital of Italy?", "Rome."),
        },
        {
            "datasets/example/samples/fever.md": SAMPLE.format(TASK, "Urgent."),
            "datasets/example/samples/waiting.md": SAMPLE.format(TASK, "Routine."),
        },
    ],
)
def near_duplicate_sample(group: Group, settings: Settings) -> Iterator[Problem]:
    """A sample says nearly the same as another sample of its dataset, in nearly the same words.

    Punctuation, capitals and white space make no difference. Samples are compared by their phrases of three words, with
    the questions. Samples that are the same throughout are left to `duplicate-sample`, and other answers to the very same
    prompt, however long that is, to `duplicate-prompt`.

    ## Why it matters

    A copy with a few words changed weighs almost as much as a second copy, and counts toward coverage without adding a new
    question or a new way to answer one.
    """
    first, *others = group.members
    facts = group.sample(first)
    pieces = frozenset(shingles(facts.words))
    alike: dict[Member, float] = {}
    for member in others:
        other = group.sample(member)
        likeness = jaccard(pieces, frozenset(shingles(other.words)))
        if likeness >= settings.threshold and not _answers_otherwise(facts, other):
            alike[member] = likeness
    members = list(alike)
    if not members:
        return
    least = min(alike[member] for member in members)
    share = "the words are the same" if least == 1 else f"{int(least * 100)}% of their phrases are the same"
    what = "this sample and another: " if len(members) == 1 else f"{len(members) + 1} samples: at least "
    if least == 1 and len(members) > 1:
        what = f"{len(members) + 1} samples: "
    yield repetition([first, *members], what + share, "delete all but one, or make them differ")


def _answers_otherwise(first: SampleFacts, other: SampleFacts) -> bool:
    """Whether a sample is like another only because it has the same prompt."""
    if first.sample.answer is None or other.sample.answer is None or first.normalized[:-1] != other.normalized[:-1]:
        return False
    said, instead = (frozenset(shingles(facts.turn_words[-1])) for facts in (first, other))
    return jaccard(said, instead) < SHARED_ANSWER
