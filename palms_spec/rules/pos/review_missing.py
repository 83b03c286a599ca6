from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.dataset import Reviews
from palms_spec.documents.reviews import Review
from palms_spec.facts.references import Namespace
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.pos._reviews import ASKING, BOTH, HEALTH, OTHER_RECORDS, RECORDS, given_at, record

PEOPLE = ASKING.replace("required: 1", "required: 1, by: human")
TWO = ASKING.replace("required: 1", "required: 2")
JUDGE = "model:judge@0123456789abcdef"
MARKED = SAMPLES[HEALTH].replace("[health.no-diagnosis]", "[ [[health.no-diagnosis]] ]")


@rule(
    code="POS007",
    severity="error",
    since="0.1",
    subject="review",
    namespaces=[Namespace.REVIEW],
    trigger=Trigger(defect="missing"),
    completeness=True,
    expected="Every sample is reviewed as its dataset asks, against each position that it serves.",
    examples=[
        Example(
            bad={DATASET_PATH: ASKING, RECORDS: record("two-ballots"), HEALTH: MARKED},
            good={DATASET_PATH: ASKING, RECORDS: BOTH},
        ),
        Example(
            bad={DATASET_PATH: PEOPLE, RECORDS: BOTH.replace("human:Ana", JUDGE), HEALTH: MARKED},
            good={DATASET_PATH: PEOPLE, RECORDS: BOTH},
        ),
        Example(
            bad={DATASET_PATH: ASKING, RECORDS: BOTH.replace('"adheres", "score": 5', '"unclear", "score": 3')},
            good={DATASET_PATH: ASKING, RECORDS: BOTH},
        ),
        Example(
            bad={DATASET_PATH: TWO, RECORDS: BOTH + record(day=2) + record("two-ballots", day=2)},
            good={DATASET_PATH: TWO, RECORDS: BOTH, OTHER_RECORDS: BOTH.replace("Ana", "Ben")},
        ),
    ],
    near_misses=[
        {RECORDS: ""},
        {DATASET_PATH: ASKING, RECORDS: record(position="0" * 64) + record("two-ballots", text="0" * 64)},
        {DATASET_PATH: ASKING, RECORDS: BOTH.replace('"sample": "sore-throat"', '"sample": "before/it/was/renamed"')},
        {
            DATASET_PATH: ASKING,
            SPEC_PATH: SPEC.replace("condition.\n", "condition.\n", 1) + "        status: retired\n",
            RECORDS: record(),
        },
        {
            DATASET_PATH: ASKING.replace("role: values-targeted", "role: control"),
            HEALTH: "# What is rain?\n\nWater.\n",
            RECORDS: BOTH,
        },
    ],
)
def review_missing(facts: ReviewFacts) -> Iterator[Problem]:
    """A sample has fewer reviews than its dataset asks for.

    `reviews` in the dataset says how many verdicts each sample needs, by whom, and with at least which score:
    `reviews: {required: 2, by: human, minimum: 4}`. A verdict counts if it was given on the text as it reads now, against
    the position as it reads now; of one reviewer the last one counts. Those that were given on an earlier wording are left
    to `review-stale`. Against a retired position nothing has to be reviewed.

    ## Why it matters

    That a sample names a position says what its author meant to write. Whether the answer does what the position says is
    for somebody else to judge, and an answer that nobody has read is what most surprises come from.
    """
    policy = facts.policy
    if not facts.standing.missing(policy):
        return
    counted = facts.standing.counted(policy)
    by = {"human": " by a person", "model": " by a model", "any": ""}[policy.by]
    asked = f"{policy.required} are asked for" if policy.required > 1 else "one is asked for"
    message = f"{_number(len(counted))}{by} against {facts.position}, and {asked}"
    if others := _passed_over(facts, policy):
        message += f"; what {listed(others)} gave does not count"
    hint = "`palms judge` asks a model for it" if policy.by == "model" else "`palms review` asks for it"
    asking = Elsewhere("asked for here", path=facts.dataset_path, pointer="/reviews")
    related = (asking, *given_at(facts, facts.standing.current))
    yield Problem(message, hint, related=related, causes=(facts.dataset_path, f"{facts.folder}/*.jsonl/"))


def _number(count: int) -> str:
    return "no review" if not count else f"{count} review{'s' if count > 1 else ''}"


def _passed_over(facts: ReviewFacts, policy: Reviews) -> list[str]:
    """Who gave a verdict that does not count, and with which score."""
    counted = facts.standing.counted(policy)
    left: list[Review] = [review for review in facts.standing.current if review not in counted]
    return [f"{review.reviewer} ({review.score})" for review in left]
