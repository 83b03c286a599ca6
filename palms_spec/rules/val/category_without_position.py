from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer

EMPTY = "  - id: [[work]]\n    name: Work\n"


@rule(
    code="VAL001",
    severity="error",
    since="0.1",
    subject="spec",
    expected="Every category has a position that is in force.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC + EMPTY},
            good={
                SPEC_PATH: SPEC
                + "  - id: work\n    name: Work\n    positions:\n      - id: work.safety\n        subject: safety at work\n"
                "        stance: support\n        statement: An answer puts the safety of workers before speed and cost.\n"
            },
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("id: political\n", "id: [[political]]\n") + "        status: retired\n"},
            good={SPEC_PATH: SPEC},
        ),
        Example(bad={SPEC_PATH: SPEC + EMPTY + "    positions: []\n"}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[{SPEC_PATH: SPEC + "        status: active\n"}],
)
def category_without_position(facts: SpecFacts) -> Iterator[Problem]:
    """A category has no position, or none that is in force.

    ## Why it matters

    Writers do not know what to write, and raters have nothing to rate an answer against. A category without a position is
    a topic and not a value.
    """
    if facts.is_published:
        return
    for category in facts.spec.categories:
        if all(position.status == "retired" for position in category.positions):
            retired = len(category.positions)
            message = f"{category.id} has no position" + (f" in force ({retired} retired)" if retired else "")
            yield Problem(message, "write one, or take the category out", category_pointer(category) + "/id")
