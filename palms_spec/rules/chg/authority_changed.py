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
    code="CHG021",
    severity="warning",
    since="0.1",
    subject="change",
    expected="The authority of positions stays, or can be ranked.",
    examples=[
        Example(
            bad={SPEC_PATH: RANKED.replace("authority: developer", "authority: [[operator]]")}, good={SPEC_PATH: RANKED}
        )
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("stance: neutral", "stance: defer")}],
)
def authority_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """The authority of a position is another one, and is not ranked against the one before.

    It was not given before, is not given now, or the two versions do not rank both in the same order.

    ## Why it matters

    Nobody can tell whether the position gained or lost.
    """
    change = facts.change
    if change.kind == "authority-changed" and change.base and change.head:
        was, now = (side.text or "none" for side in (change.base, change.head))
        yield Problem(f"the authority of {change.item} went from {was} to {now}", "rank both in authority_levels")
