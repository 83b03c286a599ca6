from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG014",
    severity="warning",
    since="0.1",
    subject="change",
    expected="Weights of categories stay, or results are computed anew.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("    name: Health\n", "    name: Health\n    weight: [[2]]\n")},
            good={SPEC_PATH: SPEC},
        )
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("    name: Health\n", "    name: Health\n    weight: 1\n")}],
)
def weight_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """A category counts more or less than before.

    A weight that is written out as what it was by default is no change.

    ## Why it matters

    Results over all categories are weighted means: before and after cannot be compared.
    """
    change = facts.change
    if change.kind == "weight-changed" and change.base and change.head:
        yield Problem(f"the weight of {change.item} went from {change.base.text} to {change.head.text}")
