from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

RETIRED = SPEC.replace("        stance: oppose", "        status: retired\n        stance: oppose")


@rule(
    code="CHG025",
    severity="note",
    since="0.1",
    subject="change",
    expected="Positions that are in force again are known to those who write samples.",
    examples=[
        Example(bad={SPEC_PATH: RETIRED.replace("status: retired", "status: [[active]]")}, good={SPEC_PATH: RETIRED})
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("        stance: oppose", "        status: active\n        stance: oppose")}],
)
def position_restored(facts: ChangeFacts) -> Iterator[Problem]:
    """A position that was retired is active again.

    Its mirror is `position-retired`.

    ## Why it matters

    Answers are held against it again, and samples may be missing that were written in the meantime without it.
    """
    change = facts.change
    if change.kind == "position-restored":
        yield Problem(f"{change.item} is active again", "look at the samples that were written while it was retired")
