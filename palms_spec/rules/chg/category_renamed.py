from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG011",
    severity="error",
    since="0.1",
    subject="change",
    expected="Categories keep their ids.",
    examples=[
        Example(bad={SPEC_PATH: SPEC.replace("  - id: political\n", "  - id: [[politics]]\n")}, good={SPEC_PATH: SPEC})
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("name: Politics", "name: Political opinion")}],
)
def category_renamed(facts: ChangeFacts) -> Iterator[Problem]:
    """A category stands under another id.

    Known again by its name and the statements of its positions.

    ## Why it matters

    Samples and prompts name categories by id. All that name the old one have to follow.
    """
    change = facts.change
    if change.kind == "category-renamed" and change.base:
        yield Problem(
            f"{change.base.item} is now called {change.item}", "keep the id, or change it wherever it is named"
        )
