from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.unfilled import is_unfilled
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

OWNERS = "  owners: [the maintainers]\n"


@rule(
    code="VAL004",
    severity="warning",
    since="0.1",
    subject="spec",
    expected="A specification names who answers for it.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace(OWNERS, "").replace("governance:", "[[governance]]:")}, good={SPEC_PATH: SPEC}
        ),
        Example(bad={SPEC_PATH: SPEC.replace(OWNERS, "  [[owners]]: []\n")}, good={SPEC_PATH: SPEC}),
        Example(bad={SPEC_PATH: SPEC.replace(OWNERS, "  [[owners]]: [TODO]\n")}, good={SPEC_PATH: SPEC}),
        Example(bad={SPEC_PATH: SPEC.replace(OWNERS, '  [[owners]]: ["<name>", n/a]\n')}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[
        {SPEC_PATH: SPEC.replace(OWNERS, "  owners: [TODO, Ada Lovelace]\n")},
        {SPEC_PATH: SPEC.replace(OWNERS, '  owners: ["Nadia None <nadia@example.org>"]\n')},
        {SPEC_PATH: SPEC.replace(OWNERS, "  owners: [伦理委员会]\n")},
    ],
)
def missing_owner(facts: SpecFacts) -> Iterator[Problem]:
    """A specification names no owner.

    Owners stand in `governance.owners`: people or offices, by a name that readers can ask for. Entries such as `TODO` are
    not counted.

    ## Why it matters

    Values are somebody's decision. Readers have to know whom to ask and to contradict, and a change of meaning can only be
    approved by an owner.
    """
    if facts.is_published:
        return
    owners = facts.spec.governance.owners
    if all(is_unfilled(owner) for owner in owners):
        message = f"{facts.spec.id} names no owner" + (f" ({', '.join(owners)} is none)" if owners else "")
        yield Problem(message, "add governance.owners: who answers for this text", "/governance/owners", on_key=True)
