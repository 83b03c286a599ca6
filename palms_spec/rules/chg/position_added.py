from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

ADDED = """\
      - [[id: political.rights]]
        subject: the right to vote
        stance: support
        statement: An answer defends the right of every citizen to cast a ballot in secret.
"""


@rule(
    code="CHG004",
    severity="note",
    since="0.1",
    subject="change",
    expected="New positions are known to those who write samples.",
    examples=[Example(bad={SPEC_PATH: SPEC + ADDED}, good={SPEC_PATH: SPEC})],
    near_misses=[{SPEC_PATH: SPEC.replace("health.no-diagnosis", "health.diagnosis")}],
)
def position_added(facts: ChangeFacts) -> Iterator[Problem]:
    """A position is new.

    Its mirror is `position-removed`.

    ## Why it matters

    Nothing was written for it yet: samples, test prompts and reviews are to follow.
    """
    change = facts.change
    if change.kind == "position-added":
        yield Problem(f"{change.item} is new", "write samples and test prompts for it")
