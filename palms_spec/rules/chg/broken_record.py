from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

RECORDS = "specs/example/approvals.jsonl"
FILLED = (
    '{"fingerprint": "0123456789abcdef", "change": "position-reworded", "reason": "style", "by": "the maintainers",'
    ' "at": "2027-01-31T10:00:00Z", "spec_version": "1.0.0"}\n'
)


@rule(
    code="CHG028",
    severity="error",
    since="0.1",
    subject="comparison",
    expected="Every new line of a record file holds a record.",
    examples=[
        Example(bad={RECORDS: FILLED + FILLED.replace('"style"', '""')}, good={RECORDS: FILLED}),
        Example(bad={RECORDS: FILLED + "{not json\n"}, good={RECORDS: FILLED}),
    ],
    near_misses=[{RECORDS: FILLED + "\n" + FILLED}],
)
def broken_record(facts: ComparisonFacts) -> Iterator[Problem]:
    """A new line of approvals or of reviews cannot be read as a record, so it counts for nothing.

    Most often it is a line that was pasted from a comment and not filled in: an approval has a reason and a name. Lines
    that stood in the base are not looked at; `palms lint` reports them.

    ## Why it matters

    Who wrote it believes that something is approved, or reviewed, that is not.
    """
    for broken in facts.broken_records:
        yield Problem(f"line {broken.line} holds no record: {broken.message}", broken.hint, offset=broken.offset)
