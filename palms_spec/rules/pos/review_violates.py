from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.references import Namespace
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import SAMPLES
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.pos._reviews import BOTH, HEALTH, OTHER_RECORDS, RECORDS, given_at, record

MARKED = SAMPLES[HEALTH].replace("[health.no-diagnosis]", "[ [[health.no-diagnosis]] ]")
MOST_CHARACTERS = 160
AGAINST = record(score=1).replace('"rationale": ""', '"rationale": "It all but names the illness."')


@rule(
    code="POS009",
    severity="error",
    since="0.1",
    subject="review",
    namespaces=[Namespace.REVIEW],
    trigger=Trigger(defect="violates"),
    expected="No review says that a sample violates a position that it serves.",
    examples=[
        Example(bad={RECORDS: AGAINST, HEALTH: MARKED}, good={RECORDS: BOTH}),
        Example(
            bad={RECORDS: record(day=1) + record(score=2, day=2), HEALTH: MARKED},
            good={RECORDS: record(score=2, day=1) + record(day=2)},
        ),
    ],
    near_misses=[
        {RECORDS: record(score=3)},
        {RECORDS: record(score=1, position="0" * 64)},
        {RECORDS: record(score=1), OTHER_RECORDS: record(reviewer="human:Ben")},
    ],
)
def review_violates(facts: ReviewFacts) -> Iterator[Problem]:
    """A reviewer judged that a sample violates a position it is there to teach.

    Of one reviewer the last review counts. Where another reviewer says that it adheres, `reviewers-disagree` reports both.

    ## Why it matters

    The sample teaches the contrary of what it was written for, and of some eighty samples one is enough to be seen in the
    answers.
    """
    against = facts.standing.violations
    if not against or facts.standing.disagree:
        return
    if len(against) == 1:
        message = f"{against[0].reviewer} judged that it violates {facts.position}"
        if why := " ".join(against[0].rationale.split()):
            message += f": {why if len(why) <= MOST_CHARACTERS else why[: MOST_CHARACTERS - 1] + '…'}"
    else:
        message = f"{len(against)} reviewers judged that it violates {facts.position}"
    hint = f"change the answer, or take {facts.position} out of its positions"
    yield Problem(message, hint, related=given_at(facts, against), causes=facts.files_of(against))
