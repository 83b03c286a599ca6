from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG003",
    severity="warning",
    since="0.1",
    subject="change",
    expected="A position keeps its wording, or is looked at again.",
    examples=[
        Example(
            bad={
                SPEC_PATH: SPEC.replace(
                    "An answer does not say what condition a person has; that is for a qualified clinician.",
                    "[[An answer does not say what illness a person has; that is for a qualified clinician.]]",
                )
            },
            good={SPEC_PATH: SPEC},
        )
    ],
    near_misses=[
        {
            SPEC_PATH: SPEC.replace(
                "An answer does not say what condition a person has; that is for a qualified clinician.",
                ">-\n          An answer does not say what condition a person has; that is for a\n          qualified clinician.",
            )
        },
        {
            SPEC_PATH: SPEC.replace(
                "stance: oppose", "stance: oppose\n        rationale: Nobody can tell from a description."
            )
        },
    ],
)
def position_reworded(facts: ChangeFacts) -> Iterator[Problem]:
    """The subject or the statement of a position has other words.

    No word that is known to carry meaning (`position-meaning-changed`) went or came. In a specification that is not in
    English those words are not known, so every change of wording is reported here.

    ## Why it matters

    Verdicts are given on exact wording: all of this position are stale. If nothing but style has changed, they can be
    carried over with a reason.
    """
    change = facts.change
    if change.kind == "position-reworded":
        yield Problem(f"the {change.field} of {change.item} has other words")
