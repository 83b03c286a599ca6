from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Put, Repair
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat


@rule(
    code="TGT014",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="unrecognized-role"),
    aliases=["unrecognized_role"],
    expected="The role of a message is one of those that the target knows.",
    examples=[
        Example(
            bad={"openai.jsonl": chat('{"role": [["human"]], "content": "Is this rash measles?"}', ANSWER)},
            good={"openai.jsonl": GOOD},
            fix="safe",
        ),
        Example(
            bad={
                "vertex.jsonl": '{"contents": [{"role": "user", "parts": [{"text": "Measles?"}]}, {"role": [["assistant"]], "parts": [{"text": "Ask."}]}]}\n'
            },
            good={
                "vertex.jsonl": '{"contents": [{"role": "user", "parts": [{"text": "Measles?"}]}, {"role": "model", "parts": [{"text": "Ask."}]}]}\n'
            },
            fix="safe",
        ),
        Example(
            bad={"together.jsonl": chat('{"role": [["narrator"]], "content": "A clinic at night."}', QUESTION, ANSWER)},
            good={"together.jsonl": GOOD},
        ),
    ],
    near_misses=[{"openai.jsonl": chat('{"role": "developer", "content": "Be brief."}', QUESTION, ANSWER)}],
)
def unrecognized_role(facts: RowFacts) -> Iterator[Problem]:
    """The role of a message is a word that the target does not know.

    Where it is what other tools call one of the target's roles (`human`, `gpt`, `model`, `User`), `palms check --fix`
    writes the target's own.

    ## Why it matters

    The provider refuses the file. A trainer that does not is worse: the message gets no mark of its own in the chat
    template, or is left out.
    """
    for defect in facts.defects("unrecognized-role"):
        meant = defect.instead
        yield of_defect(defect, Repair(f"write {meant}", "safe", (Put(defect.pointer, meant),)) if meant else None)
