from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import ANSWER, QUESTION, chat

OFF = ANSWER.replace("}", ', "weight": 0}')


@rule(
    code="TGT023",
    severity="error",
    since="0.1",
    subject="row",
    expected="Something in every row is learned.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, f"[[{OFF}]]")},
            good={"openai.jsonl": chat(QUESTION, OFF, '{"role": "user", "content": "And now?"}', ANSWER)},
        ),
        Example(
            bad={"tinker.jsonl": chat(QUESTION, "[[" + ANSWER.replace("}", ', "trainable": false}') + "]]")},
            good={"tinker.jsonl": chat(QUESTION, ANSWER.replace("}", ', "trainable": true}'))},
        ),
        Example(
            bad={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": [[0]]')},
            good={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": 0.5')},
        ),
    ],
    near_misses=[{"openai.jsonl": chat(QUESTION, ANSWER)}],
)
def nothing_to_train_on(facts: RowFacts) -> Iterator[Problem]:
    """Every answer of a row, or the row itself, has a weight of 0.

    ## Why it matters

    The row is paid for and nothing comes of it. Where all rows are so, training ends with a loss of zero, or of
    nothing, and the model is what it was.
    """
    value, key = facts.row.value, facts.plan.profile.message_weight
    if not facts.written or type(value) is not dict:
        return
    answers = [message for message in facts.messages if message.role == "assistant"]
    if answers and key in facts.form.keys and all(message.value.get(key, 1) in (0, False) for message in answers):
        which = "the only answer has" if len(answers) == 1 else f"all {len(answers)} answers have"
        off = "trainable: false" if key == "trainable" else f"a {key} of 0"
        yield Problem(f"{which} {off}", "leave the row out", answers[-1].pointer)
    elif facts.plan.profile.row_weight and facts.plan.method == "sft" and value.get("weight", 1) == 0:
        yield Problem("the row has a weight of 0", "leave the row out", "/weight")
