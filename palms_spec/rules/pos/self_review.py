from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.references import Namespace
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.pos._reviews import BOTH, HEALTH, RECORDS, given_at, record

MARKED = SAMPLES[HEALTH].replace("[health.no-diagnosis]", "[ [[health.no-diagnosis]] ]")
BY_ANA = "category: health\nauthors: [Ana]\n"
BY_BEN = "category: health\nauthors: [Ben]\n"


@rule(
    code="POS011",
    severity="warning",
    since="0.1",
    subject="review",
    namespaces=[Namespace.REVIEW],
    trigger=Trigger(defect="by-author"),
    expected="Whoever wrote a sample is not its reviewer.",
    examples=[
        Example(
            bad={RECORDS: BOTH, HEALTH: MARKED.replace("category: health\n", BY_ANA)},
            good={RECORDS: BOTH, HEALTH: SAMPLES[HEALTH].replace("category: health\n", BY_BEN)},
        ),
        Example(
            bad={RECORDS: record(), HEALTH: MARKED, DATASET_PATH: DATASET + "authors: [Ana <ana@example.org>, Ben]\n"},
            good={RECORDS: record(), DATASET_PATH: DATASET + "authors: [Ben]\n"},
        ),
        Example(
            bad={
                RECORDS: record(reviewer="human:ANA@example.org"),
                DATASET_PATH: DATASET + "authors: [Ana <ana@example.org>]\n",
            },
            good={RECORDS: record(reviewer="human:ANA@example.org"), DATASET_PATH: DATASET + "authors: [Ben]\n"},
        ),
    ],
    near_misses=[
        {
            RECORDS: record(),
            HEALTH: SAMPLES[HEALTH].replace("category: health\n", BY_BEN),
            DATASET_PATH: DATASET + "authors: [Ana]\n",
        },
        {RECORDS: record(position="0" * 64), DATASET_PATH: DATASET + "authors: [Ana]\n"},
        {RECORDS: record(reviewer="model:Ana@1"), DATASET_PATH: DATASET + "authors: [Ana]\n"},
    ],
)
def self_review(facts: ReviewFacts) -> Iterator[Problem]:
    """A sample was reviewed by a person who wrote it.

    Authors are those that the sample names in `authors`; where it names none, those of its dataset. Names are compared
    without capitals, and of `Ana <ana@example.org>` both the name and the address.

    ## Why it matters

    Authors read what they meant. A second pair of eyes is the whole use of a review.
    """
    for review in facts.by_authors:
        message = f"{review.reviewer} is an author of this sample, and reviewed it against {facts.position}"
        hint = "let somebody else review it; `palms review` leaves out what its user wrote"
        yield Problem(message, hint, related=given_at(facts, [review]), causes=facts.files_of([review]))
