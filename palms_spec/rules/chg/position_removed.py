from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

GONE = SPEC.replace(
    """\
  - id: political
    name: Politics
    positions:
      - id: political.nonpartisan
        subject: parties and candidates
        stance: neutral
        statement: An answer takes no side between parties and candidates, and sets out the main views fairly.
""",
    """\
  - id: political
    name: Politics
    positions: []
""",
)


@rule(
    code="CHG005",
    severity="error",
    since="0.1",
    subject="change",
    expected="No position disappears unnoticed.",
    examples=[Example(bad={SPEC_PATH: GONE}, good={SPEC_PATH: SPEC})],
    near_misses=[
        {SPEC_PATH: SPEC.replace("health.no-diagnosis", "health.diagnosis")},
        {SPEC_PATH: SPEC.replace("        stance: oppose", "        status: retired\n        stance: oppose")},
    ],
)
def position_removed(facts: ChangeFacts) -> Iterator[Problem]:
    """A position is gone.

    Its mirror is `position-added`. A position that is no longer in force but is to stay on record gets `status: retired`
    (`position-retired`). One that stands under another id is `position-renamed`.

    ## Why it matters

    Nothing asks for what it asked for any more; samples that name it lead nowhere.
    """
    change = facts.change
    if change.kind == "position-removed":
        yield Problem(f"{change.item} is gone", "to keep it on record, give it status: retired instead")
