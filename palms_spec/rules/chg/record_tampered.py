from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

RECORDS = "specs/example/approvals.jsonl"
EARLIER = (
    '{"fingerprint": "0123456789abcdef", "change": "position-reworded", "reason": "style", "by": "the maintainers",'
)
EARLIER += ' "at": "2027-01-31T10:00:00Z", "spec_version": "1.0.0"}\n'
LATER = EARLIER.replace("01234", "43210")


@rule(
    code="CHG022",
    severity="error",
    since="0.1",
    subject="comparison",
    expected="Records are appended to, never edited or deleted.",
    examples=[Example(bad={RECORDS: LATER}, good={RECORDS: EARLIER + LATER})],
    near_misses=[{RECORDS: EARLIER + LATER}],
)
def record_tampered(facts: ComparisonFacts) -> Iterator[Problem]:
    """A line of a record file, of reviews or approvals, was changed or deleted.

    Compared are the lines of the base with those of the head, wherever they stand in the file, and in whatever file of that kind.

    ## Why it matters

    A verdict that can be edited afterwards proves nothing. Who changes their mind adds a new record.
    """
    for path, lines in facts.lost_records.items():
        yield Problem(
            f"{path} lost {counted(len(lines), 'record')} that it had",
            "put them back, and add new records below them",
        )
