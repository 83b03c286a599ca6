from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import NAMED, counted
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

RECORDS = "specs/example/approvals.jsonl"
EARLIER = (
    '{"fingerprint": "0123456789abcdef", "change": "position-reworded", "reason": "style", "by": "the maintainers",'
)
EARLIER += ' "at": "2027-01-31T10:00:00Z", "spec_version": "1.0.0"}\n'
LATER = EARLIER.replace("01234", "43210")
REVIEWS = "datasets/example/reviews/ann.jsonl"
REVIEW = (
    '{"sample": "sore-throat", "sample_hash": "81469dc0d923f1aa3574faeb371c32db70e9504e169e08dc6b365c9156538bc3",'
    ' "position": "health.no-diagnosis", "position_hash": "9c8f14976e76cd781d3ccb40bbc5a57411e2c58cb32c50057b065b1036418547",'
    ' "verdict": "adheres", "score": 5, "reviewer": "human:ann", "at": "2027-01-31T10:00:00Z"}\n'
)


@rule(
    code="CHG022",
    severity="error",
    since="0.1",
    subject="comparison",
    expected="Records are appended to, never edited or deleted.",
    examples=[
        Example(bad={RECORDS: LATER}, good={RECORDS: EARLIER + LATER}),
        Example(bad={REVIEWS: REVIEW.replace("9c8f1497", "00000000")}, good={REVIEWS: REVIEW}),
    ],
    near_misses=[{RECORDS: EARLIER + LATER}, {REVIEWS: REVIEW}],
)
def record_tampered(facts: ComparisonFacts) -> Iterator[Problem]:
    """A record was changed or deleted, or a new review is of nothing that ever was.

    Records are the lines of `approvals.jsonl` and of files of reviews. Compared are the lines of the base with those of the head, wherever they stand in the file, and in whatever file of
    that kind. The hashes of a new review have to fit some version of a position and of a sample: one of the two that are
    compared, or one in the history of the head.

    ## Why it matters

    A verdict that can be edited afterwards proves nothing. Who changes their mind adds a new record.
    """
    for path, lines in facts.lost_records.items():
        yield Problem(
            f"{path} lost {counted(len(lines), 'record')} that it had",
            "put them back, and add new records below them",
        )
    for path, numbers in facts.strange_records.items():
        named = ", ".join(map(str, numbers[:NAMED])) + (" ..." if len(numbers) > NAMED else "")
        yield Problem(
            f"{counted(len(numbers), 'new review')} in {path} fit no version of a position and a sample: line {named}",
            "write reviews with palms review, which works out the hashes",
        )
