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

    Any change of its categories and positions counts, and of what it says of itself: context, authority, governance. An
    approval counts if it is by an owner in the base version who is not an author of the change. The status is that of the
    base, so a change cannot take it away first.

    ## Why it matters

    What others were told is approved is no longer what stands there.
    """
    change = facts.change
    if facts.status == "approved" and not facts.approved and change.kind != "document-removed":
        what = f"the {change.field} of {change.item}" if change.field else change.item
        yield Problem(f"{change.kind}: {what} is part of an approved text", "have an owner approve it")
