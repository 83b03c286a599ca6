from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG027",
    severity="error",
    since="0.1",
    subject="comparison",
    expected="Both versions of a file can be read.",
    examples=[
        Example(bad={SPEC_PATH: SPEC.replace("stance: oppose", "stance: {oppose")}, good={SPEC_PATH: SPEC}),
        Example(bad={SPEC_PATH: SPEC.replace("stance: oppose", "stance: against")}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[{"notes.yaml": "a: [\n"}],
)
def unreadable_version(facts: ComparisonFacts) -> Iterator[Problem]:
    """A file that differs cannot be read in one of the two versions, so nothing is known of its changes.

    `palms lint` says what is wrong with the file as it is now. Where it was broken before, whoever mends it has to compare
    the texts by hand.

    ## Why it matters

    What is broken today and mended tomorrow could otherwise change its meaning in between, past everybody.
    """
    if facts.kind == "unread":
        yield Problem(f"it cannot be read in {facts.name}, and so its changes are not known", "see palms lint")
