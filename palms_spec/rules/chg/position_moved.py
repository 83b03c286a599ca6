from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

MOVED = SPEC.replace(
    """\
  - id: political
    name: Politics
    positions:
""",
    "",
)


@rule(
    code="CHG007",
    severity="note",
    since="0.1",
    subject="change",
    expected="Positions stay in their category.",
    examples=[Example(bad={SPEC_PATH: MOVED}, good={SPEC_PATH: SPEC})],
    near_misses=[{SPEC_PATH: SPEC.replace("  - id: political\n", "  - id: politics\n")}],
)
def position_moved(facts: ChangeFacts) -> Iterator[Problem]:
    """A position stands in another category.

    That its category has got another id is no move (`category-renamed`).

    ## Why it matters

    Samples are filed by category and counted by it.
    """
    change = facts.change
    if change.kind == "position-moved" and change.base and change.head:
        yield Problem(f"{change.item} went from {change.base.text} to {change.head.text}")
