from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.references import Namespace
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import SAMPLES
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.pos._reviews import HEALTH, OTHER_RECORDS, RECORDS, given_at, record

MARKED = SAMPLES[HEALTH].replace("[health.no-diagnosis]", "[ [[health.no-diagnosis]] ]")


@rule(
    code="POS010",
    severity="warning",
    since="0.1",
    subject="review",
    namespaces=[Namespace.REVIEW],
    trigger=Trigger(defect="disagreed"),
    expected="Reviewers agree whether a sample adheres to a position.",
    examples=[
        Example(
            bad={RECORDS: record(), OTHER_RECORDS: record(score=2, reviewer="human:Ben"), HEALTH: MARKED},
            good={RECORDS: record(), OTHER_RECORDS: record(score=4, reviewer="human:Ben")},
        ),
        Example(
            bad={RECORDS: record(), OTHER_RECORDS: record(score=1, reviewer="model:judge@0123456789abcdef")},
            good={RECORDS: record(), OTHER_RECORDS: record(score=3, reviewer="model:judge@0123456789abcdef")},
        ),
    ],
    near_misses=[
        {RECORDS: record(score=1, day=1) + record(score=5, day=2)},
        {RECORDS: record(), OTHER_RECORDS: record(score=1, reviewer="human:Ben", position="0" * 64)},
    ],
)
def reviewers_disagree(facts: ReviewFacts) -> Iterator[Problem]:
    """One reviewer says that a sample adheres to a position, another that it violates it.

    Both looked at the text and the position as they read now. Who changes their mind reviews the sample again
    (`palms review --all`): of one reviewer the last review counts.

    ## Why it matters

    Either one of them overlooked something, or the position can be read in two ways. In the first case the sample is
    decided quickly; in the second the statement needs another wording, and every answer after it will be easier to judge.
    """
    if not facts.standing.disagree:
        return
    clear = [review for review in facts.standing.current if review.verdict != "unclear"]
    adhering = [f"{review.reviewer} ({review.score})" for review in clear if review.verdict == "adheres"]
    against = [f"{review.reviewer} ({review.score})" for review in clear if review.verdict == "violates"]
    message = f"{_says(adhering)} that it adheres to {facts.position}, {_says(against)} that it violates it"
    hint = "settle it, and let one of them review it again; or change the answer, or the position"
    yield Problem(message, hint, related=given_at(facts, clear), causes=facts.files_of(clear))


def _says(who: list[str]) -> str:
    return f"{listed(who, shown=3)} {'says' if len(who) == 1 else 'say'}"
