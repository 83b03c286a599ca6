from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, QUESTION, chat


@rule(
    code="TGT028",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="non-finite-number"),
    expected="Numbers are finite.",
    examples=[
        Example(
            bad={"together.jsonl": chat(QUESTION, ANSWER, more=', "weight": [[NaN]]')},
            good={"together.jsonl": chat(QUESTION, ANSWER, more=', "weight": 1')},
        ),
        Example(
            bad={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": [[1e999]]')},
            good={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": 1e9')},
        ),
    ],
    near_misses=[{"openai.jsonl": chat('{"role": "user", "content": "Is NaN a number?"}', ANSWER)}],
)
def non_finite_number(facts: RowFacts) -> Iterator[Problem]:
    """NaN or Infinity stands in a row, or a number so large that readers make Infinity of it.

    ## Why it matters

    JSON has no such numbers. Python's `json` writes and reads them all the same, so that the file works on the machine
    that made it and on few others.
    """
    yield from map(of_defect, facts.defects("non-finite-number"))
