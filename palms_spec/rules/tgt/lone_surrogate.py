from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Put, Repair
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, chat


@rule(
    code="TGT029",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="lone-surrogate"),
    aliases=["surrogate"],
    expected="Text holds whole characters.",
    examples=[
        Example(
            bad={"openai.jsonl": chat('{"role": "user", "content": "Is this rash measles? [[\\ud83d]]"}', ANSWER)},
            good={"openai.jsonl": chat('{"role": "user", "content": "Is this rash measles? \ufffd"}', ANSWER)},
            fix="safe",
        ),
    ],
    near_misses=[{"openai.jsonl": chat('{"role": "user", "content": "Is this rash measles? \\ud83e\\udd12"}', ANSWER)}],
)
def lone_surrogate(facts: RowFacts) -> Iterator[Problem]:
    """Half of a surrogate pair stands in a row, as an escape.

    It is what is left of an emoji or a rare character where text was cut by UTF-16 units, as JavaScript counts. `palms
    check --fix` writes the replacement character (U+FFFD) in its place.

    ## Why it matters

    UTF-8 cannot hold it. Python's `json` reads it and trouble begins later; the loaders of Hugging Face fail at the
    row.
    """
    for defect in facts.defects("lone-surrogate"):
        changes = (Put(defect.pointer, defect.instead),) if defect.instead else ()
        yield of_defect(defect, Repair("write the replacement character", "safe", changes) if changes else None)
