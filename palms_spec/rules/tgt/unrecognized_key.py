from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Repair, Take
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat


@rule(
    code="TGT013",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="unrecognized-key"),
    aliases=["message_unrecognized_key"],
    expected="Rows and messages have no fields but those that the target knows.",
    examples=[
        Example(
            bad={
                "openai.jsonl": chat(
                    '{"role": "user", "content": "Is this rash measles?", [["time"]]: "09:12"}', ANSWER
                )
            },
            good={"openai.jsonl": GOOD},
            fix="safe",
        ),
        Example(
            bad={
                "trl.prompt-completion.jsonl": '{[["id"]]: 7, "prompt": "Measles?", "completion": "Ask a clinician."}\n'
            },
            good={"trl.prompt-completion.jsonl": '{"prompt": "Measles?", "completion": "Ask a clinician."}\n'},
            fix="safe",
        ),
    ],
    near_misses=[
        {"openai.jsonl": chat(QUESTION, '{"role": "assistant", "content": "Ask a clinician.", "weight": 0}', ANSWER)},
        {"openai.jsonl": chat('{"role": "user", "name": "Ada", "content": "Is this rash measles?"}', ANSWER)},
    ],
)
def unrecognized_key(facts: RowFacts) -> Iterator[Problem]:
    """A row or a message has a field that the target does not know.

    Weights are `misplaced-weight`. `palms check --fix` takes the field out of the corrected copy; what it said is still
    in the file that was checked.

    ## Why it matters

    Some providers refuse the file, some readers take the fields of the first rows for those of all and fail at the row
    in which another one turns up, and the rest pass over what you thought would be learned. Notes about a sample belong
    into a file beside it, as `palms compile` writes them.
    """
    for defect in facts.defects("unrecognized-key"):
        yield of_defect(defect, Repair("leave the field out", "safe", (Take(defect.pointer),)))
