from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG008",
    severity="error",
    since="0.1",
    subject="change",
    expected="No position goes out of force unnoticed.",
    examples=[
        Example(
            bad={
                SPEC_PATH: SPEC.replace("        stance: oppose", "        status: [[retired]]\n        stance: oppose")
            },
            good={SPEC_PATH: SPEC},
        )
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("        stance: oppose", "        status: active\n        stance: oppose")}],
)
def position_retired(facts: ChangeFacts) -> Iterator[Problem]:
    """A position got the status retired.

    Its mirror is `position-restored`.

    ## Why it matters

    Answers are no longer held against it, though its text stays on record.
    """
    change = facts.change
    if change.kind == "position-retired":
        yield Problem(f"{change.item} is retired")
