from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG001",
    severity="error",
    since="0.1",
    subject="change",
    expected="No position turns into its opposite unnoticed.",
    examples=[Example(bad={SPEC_PATH: SPEC.replace("stance: oppose", "stance: [[support]]")}, good={SPEC_PATH: SPEC})],
    near_misses=[{SPEC_PATH: SPEC.replace("stance: oppose", "stance: neutral")}],
)
def position_reversed(facts: ChangeFacts) -> Iterator[Problem]:
    """A stance went from support to oppose, or the other way round.

    What answers were to hold is now what they are to speak against. Samples and verdicts given under the old stance say
    nothing about the new one.

    ## Why it matters

    It is the largest change that one word can make. Everything that was written, reviewed and measured for the position
    has to be looked at again, and an owner says that this is meant.
    """
    change = facts.change
    if change.kind == "position-reversed" and change.base and change.head:
        yield Problem(f"the stance of {change.item} went from {change.base.text} to {change.head.text}")
