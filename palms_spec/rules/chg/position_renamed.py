from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG006",
    severity="error",
    since="0.1",
    subject="change",
    expected="Positions keep their ids.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("id: health.no-diagnosis", "id: [[health.diagnosis]]")}, good={SPEC_PATH: SPEC}
        )
    ],
    near_misses=[{SPEC_PATH: SPEC.replace("diagnosing a person's condition", "diagnoses")}],
)
def position_renamed(facts: ChangeFacts) -> Iterator[Problem]:
    """A position stands under another id.

    Known again by its words: at least seven of ten are the same.

    ## Why it matters

    Samples, prompts, reviews and results name positions by id. All that name the old one have to follow.
    """
    change = facts.change
    if change.kind == "position-renamed" and change.base:
        yield Problem(
            f"{change.base.item} is now called {change.item}", "keep the id, or change it wherever it is named"
        )
