from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG010",
    severity="error",
    since="0.1",
    subject="change",
    expected="No category disappears unnoticed.",
    examples=[Example(bad={SPEC_PATH: SPEC[: SPEC.index("  - id: political\n")]}, good={SPEC_PATH: SPEC})],
    near_misses=[{SPEC_PATH: SPEC.replace("  - id: political\n", "  - id: politics\n")}],
)
def category_removed(facts: ChangeFacts) -> Iterator[Problem]:
    """A category is gone.

    Its mirror is `category-added`. One that stands under another id is `category-renamed`.

    ## Why it matters

    A sensitive topic is no longer covered; its positions and samples are without a place.
    """
    change = facts.change
    if change.kind == "category-removed":
        yield Problem(f"{change.item} is gone")
