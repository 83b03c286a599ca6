from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, QUESTION, chat

SYSTEM = '{"role": "system", "content": "Be brief."}'


@rule(
    code="TGT018",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="system-not-first"),
    expected="A system message comes first, where the target asks for that.",
    examples=[
        Example(
            bad={"fireworks.jsonl": chat(QUESTION, f"[[{SYSTEM}]]", ANSWER)},
            good={"fireworks.jsonl": chat(SYSTEM, QUESTION, ANSWER)},
        )
    ],
    near_misses=[{"openai.jsonl": chat(QUESTION, SYSTEM, ANSWER)}],
)
def system_not_first(facts: RowFacts) -> Iterator[Problem]:
    """A system message stands behind other messages, and the target takes it at the beginning only.

    Samples of a dataset that names such a target are looked at as well.

    ## Why it matters

    The provider refuses the file; a trainer leaves the row out, or its chat template fails.
    """
    yield from map(of_defect, facts.defects("system-not-first"))
