from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repair import Repair, Take
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat
from palms_spec.targets.rows.message_form import WEIGHT_KEYS
from palms_spec.targets.rows.row import RowMessage

OTHER = '{"role": "assistant", "content": "It is measles.", "weight": 0}'


@rule(
    code="TGT022",
    severity="error",
    since="0.1",
    subject="row",
    aliases=["weight-out-of-place"],
    expected="A weight stands where the target looks for one, and is one of those that it takes.",
    examples=[
        Example(
            bad={"openai.jsonl": chat('{"role": "user", "content": "Is this rash measles?", [["weight"]]: 0}', ANSWER)},
            good={"openai.jsonl": GOOD},
            fix="safe",
        ),
        Example(
            bad={"openai.jsonl": chat(QUESTION, ANSWER.replace("}", ', "weight": [[0.5]]}'))},
            good={"openai.jsonl": chat(QUESTION, ANSWER.replace("}", ', "weight": 1}'))},
        ),
        Example(
            bad={"trl.openai-chat.jsonl": chat(QUESTION, OTHER.replace('"weight"', '[["weight"]]'), ANSWER)},
            good={"openai.jsonl": chat(QUESTION, OTHER, ANSWER)},
        ),
        Example(
            bad={"together.jsonl": chat(QUESTION, ANSWER, more=', "weight": [["high"]]')},
            good={"together.jsonl": chat(QUESTION, ANSWER, more=', "weight": 2.0')},
        ),
    ],
    near_misses=[
        {"openai.jsonl": chat(QUESTION, OTHER, ANSWER)},
        {
            "tinker.jsonl": chat(
                QUESTION.replace("}", ', "trainable": false}'), ANSWER.replace("}", ', "trainable": true}')
            )
        },
    ],
)
def misplaced_weight(facts: RowFacts) -> Iterator[Problem]:
    """A message or a row has a weight where the target takes none, or a weight that it does not take.

    A message's `weight` is 0 or 1 and belongs to the assistant's messages; `trainable` is true or false and belongs to
    all. A row's `weight` is a number that is not negative. Where a weight does nothing, `palms check --fix` leaves it
    out.

    ## Why it matters

    A weight of 0 says: do not learn this answer. Targets that do not know it learn the answer all the same, and say
    nothing.
    """
    value, profile = facts.row.value, facts.plan.profile
    if not facts.written or type(value) is not dict:
        return
    for message in facts.messages:
        for key in sorted(WEIGHT_KEYS & message.value.keys()):
            yield from _of_message(facts, message, key)
    for key in sorted(WEIGHT_KEYS & value.keys()):
        if key != "weight" or not profile.row_weight or facts.plan.method != "sft":
            yield _without_place(f"{profile.name} takes no {key} of a row", value[key], f"/{key}")
        elif type(value[key]) not in (int, float) or value[key] < 0:
            yield Problem("the weight of the row is no number from 0 up", "write a number, or leave it out", "/weight")


def _of_message(facts: RowFacts, message: RowMessage, key: str) -> Iterator[Problem]:
    value, number, place = message.value[key], message.number, f"{message.pointer}/{key}"
    if key not in facts.form.keys:
        what = f"{facts.plan.profile.name} takes no {key} of a message (message {number})"
        yield _without_place(what, value, place)
    elif key == "weight" and message.role != "assistant":
        what, repair = f"message {number} has a weight, and is not the assistant's", _take(place)
        yield Problem(what, pointer=place, on_key=True, repair=repair)
    elif key == "weight" and (value not in (0, 1) or type(value) is bool):
        yield Problem(f"the weight of message {number} is neither 0 nor 1", "write 0 or 1", place)
    elif key == "trainable" and type(value) is not bool:
        yield Problem(f"trainable of message {number} is neither true nor false", "write true or false", place)


def _without_place(what: str, value: Any, place: str) -> Problem:
    if value == 1:
        return Problem(what, pointer=place, on_key=True, repair=_take(place))
    hint = "the target would learn from it all the same: take it out, or choose a target with weights"
    return Problem(what, hint, place, on_key=True)


def _take(place: str) -> Repair:
    return Repair("leave the weight out", "safe", (Take(place),))
