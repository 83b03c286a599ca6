from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

APPROVED = SPEC.replace("language: en", "language: en\nstatus: approved")


@rule(
    code="CHG019",
    severity="error",
    since="0.1",
    subject="change",
    expected="An approved text changes only with an approval.",
    examples=[
        Example(bad={SPEC_PATH: APPROVED.replace("stance: oppose", "stance: [[support]]")}, good={SPEC_PATH: APPROVED})
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("stance: oppose", "stance: support")}],
)
def approved_text_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """A specification with the status approved has a change that nobody accountable approved.

    Any change of its categories and positions counts. An approval counts if it is by an owner in the base version who is not
    an author of the change.

    ## Why it matters

    What others were told is approved is no longer what stands there.
    """
    change = facts.change
    if facts.status == "approved" and not facts.approved and change.thing in ("category", "position"):
        yield Problem(f"{change.kind}: {change.item} is part of an approved text", "have an owner approve it")
