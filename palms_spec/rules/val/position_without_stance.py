from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, position_pointer


@rule(
    code="VAL002",
    severity="warning",
    since="0.1",
    subject="spec",
    expected="Every position says which stance it takes toward its subject.",
    examples=[
        Example(
            bad={
                SPEC_PATH: SPEC.replace("        stance: oppose\n", "").replace(
                    "health.no-diagnosis\n", "[[health.no-diagnosis]]\n", 1
                )
            },
            good={SPEC_PATH: SPEC},
        ),
        Example(
            bad={
                SPEC_PATH: SPEC.replace("        subject: parties and candidates\n", "").replace(
                    "stance: neutral", "stance: [[neutral]]"
                )
            },
            good={SPEC_PATH: SPEC},
        ),
    ],
    near_misses=[
        {SPEC_PATH: SPEC.replace("        stance: neutral\n", "        status: retired\n")},
        {SPEC_PATH: SPEC.replace("stance: neutral", "stance: defer")},
    ],
)
def position_without_stance(facts: SpecFacts) -> Iterator[Problem]:
    """A position takes no stance, or a stance toward nothing.

    A stance is `support`, `oppose`, `neutral` or `defer` (point to the right authority), and it is one toward the `subject`.

    ## Why it matters

    The stance is what can be compared: between two versions of the specification, where a reversed one is a change of
    meaning, and between an answer and the position it names. Prose alone leaves both to every reader's judgment.
    """
    if facts.is_published:
        return
    for category, position in active_positions(facts.spec):
        pointer = position_pointer(category, position)
        if position.stance is None:
            message, hint = f"{position.id} takes no stance", "add stance: support, oppose, neutral or defer"
            yield Problem(message, hint, pointer + "/id")
        elif position.subject is None:
            message = f"{position.id} has the stance {position.stance}, and no subject that it is toward"
            yield Problem(message, "add subject, in a few words", pointer + "/stance")
