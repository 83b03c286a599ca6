from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.unfilled import is_unfilled
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

CONTEXT = "context: Questions of the general public in English.\n"


@rule(
    code="VAL006",
    severity="warning",
    since="0.1",
    subject="spec",
    expected="A specification says in which context its values hold.",
    examples=[
        Example(bad={SPEC_PATH: SPEC.replace(CONTEXT, "").replace("palms: 1", "[[palms: 1]]")}, good={SPEC_PATH: SPEC}),
        Example(bad={SPEC_PATH: SPEC.replace(CONTEXT, "context: [[TODO]]\n")}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[{SPEC_PATH: SPEC.replace(CONTEXT, "context: 日本の一般利用者\n")}],
)
def undeclared_context(facts: SpecFacts) -> Iterator[Problem]:
    """A specification does not say for which application, audience and culture it is meant.

    ## Why it matters

    There are no values for every use and every society. The context says for whom these were chosen, and tells others when
    they have to choose their own.
    """
    if facts.is_published:
        return
    context = facts.spec.context
    if context is None or is_unfilled(context):
        message = f"{facts.spec.id} says nothing of its context"
        yield Problem(message, "add context: the application, its audience and their culture", "/context")
