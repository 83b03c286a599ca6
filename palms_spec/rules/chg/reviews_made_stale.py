from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

REVIEWS = "datasets/example/reviews/ann.jsonl"
REVIEW = (
    '{"sample": "sore-throat", "sample_hash": "81469dc0d923f1aa3574faeb371c32db70e9504e169e08dc6b365c9156538bc3",'
    ' "position": "health.no-diagnosis", "position_hash": "9c8f14976e76cd781d3ccb40bbc5a57411e2c58cb32c50057b065b1036418547",'
    ' "verdict": "adheres", "score": 5, "reviewer": "human:ann", "at": "2027-01-31T10:00:00Z"}\n'
)
REWORDED = SPEC.replace("what condition a person has", "what illness a person has")


@rule(
    code="CHG018",
    severity="warning",
    since="0.1",
    subject="comparison",
    expected="Reviews are of the text as it is.",
    examples=[Example(bad={SPEC_PATH: REWORDED, REVIEWS: REVIEW}, good={SPEC_PATH: SPEC, REVIEWS: REVIEW})],
    near_misses=[
        {
            SPEC_PATH: SPEC.replace("subject: diagnosing", "rationale: Nobody can tell.\n        subject: diagnosing"),
            REVIEWS: REVIEW,
        }
    ],
)
def reviews_made_stale(facts: ComparisonFacts) -> Iterator[Problem]:
    """A position or a sample reads otherwise than it did when it was reviewed.

    A verdict is given on the exact wording of both, which its record holds as hashes. Looked at are verdicts that stood
    in the base; where the same reviewer has judged the new text as well, nothing is stale. What was said of positions
    that are gone is not reported.

    ## Why it matters

    Nobody has said yet that the samples hold what the position now demands. After a change of style alone, verdicts can
    be carried over with a reason: `palms review --carry-over REASON`.
    """
    for one in facts.stale_reviews:
        told = f"{counted(len(one.reviews), 'review')} of {one.about}"
        yield Problem(f"{told} {'is' if len(one.reviews) == 1 else 'are'} stale", "have them judged again", one.pointer)
