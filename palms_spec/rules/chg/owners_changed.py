from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG026",
    severity="warning",
    since="0.1",
    subject="change",
    expected="Who answers for a specification stays, or those who did agree.",
    examples=[
        Example(bad={SPEC_PATH: SPEC.replace("[the maintainers]", "[the maintainers, Ann]")}, good={SPEC_PATH: SPEC})
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("[the maintainers]", "[  the maintainers ]")}],
)
def owners_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """The owners of a specification are others.

    Owners of the version before approve the change: new ones cannot let themselves in.

    ## Why it matters

    Owners may approve changes of meaning. Who they are decides what the specification will say.
    """
    change = facts.change
    if change.kind == "governance-changed" and change.field == "governance/owners" and change.base and change.head:
        was, now = (set(side.text.split("\n")) - {""} for side in (change.base, change.head))
        new, gone = ", ".join(sorted(now - was)), ", ".join(sorted(was - now))
        told = f"{new} came and {gone} went" if new and gone else f"{new} came" if new else f"{gone} went"
        yield Problem(
            f"the owners of {change.item} are others: {told}", "have an owner of the version before approve it"
        )
