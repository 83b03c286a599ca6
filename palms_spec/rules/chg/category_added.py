from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG009",
    severity="note",
    since="0.1",
    subject="change",
    expected="New categories are known to those who write samples.",
    examples=[Example(bad={SPEC_PATH: SPEC + "  - [[id: sports]]\n    name: Sports\n"}, good={SPEC_PATH: SPEC})],
    near_misses=[{SPEC_PATH: SPEC.replace("name: Politics", "name: Political opinion")}],
)
def category_added(facts: ChangeFacts) -> Iterator[Problem]:
    """A category is new.

    Its mirror is `category-removed`.

    ## Why it matters

    It has no samples and no test prompts yet, and shares of the whole shift.
    """
    change = facts.change
    if change.kind == "category-added":
        yield Problem(f"{change.item} is new", "write samples and test prompts for it")
