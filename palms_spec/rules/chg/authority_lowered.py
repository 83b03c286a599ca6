from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

RANKED = SPEC.replace("governance:", "authority_levels: [root, developer, user]\ngovernance:").replace(
    "stance: oppose", "stance: oppose\n        authority: developer"
)


@rule(
    code="CHG013",
    severity="warning",
    since="0.1",
    subject="change",
    expected="No position loses authority unnoticed.",
    examples=[
        Example(
            bad={SPEC_PATH: RANKED.replace("authority: developer", "authority: [[user]]")}, good={SPEC_PATH: RANKED}
        )
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("authority: developer", "authority: root")}],
)
def authority_lowered(facts: ChangeFacts) -> Iterator[Problem]:
    """The authority of a position is lower than before.

    Ranked by `authority_levels`, in which both versions have to agree. Its mirror is `authority-raised`.

    ## Why it matters

    Others can set it aside now who could not before.
    """
    change = facts.change
    if change.kind == "authority-lowered" and change.base and change.head:
        yield Problem(f"the authority of {change.item} went from {change.base.text} to {change.head.text}")
