from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repair import Put, Repair
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import QUESTION, chat
from palms_spec.rules.tgt._tools import call, functions


@rule(
    code="TGT026",
    severity="error",
    since="0.1",
    subject="row",
    expected="The arguments of a call are a text that holds a JSON object.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, call("a", '{"name": "look", "arguments": [[{"at": "arm"}]]}'))},
            good={"openai.jsonl": chat(QUESTION, call("a", '{"name": "look", "arguments": "{\\"at\\": \\"arm\\"}"}'))},
            fix="safe",
        ),
        Example(
            bad={"together.jsonl": chat(QUESTION, call("a", '{"name": "look", "arguments": [["at: arm"]]}'))},
            good={
                "together.jsonl": chat(QUESTION, call("a", '{"name": "look", "arguments": "{\\"at\\": \\"arm\\"}"}'))
            },
        ),
    ],
    near_misses=[{"openai.jsonl": chat(QUESTION, call("a"))}],
)
def arguments_not_json(facts: RowFacts) -> Iterator[Problem]:
    """The arguments of a call are no text, or a text that is no JSON object.

    Where they are an object itself, `palms check --fix` writes it as text.

    ## Why it matters

    Readers take the arguments for text and parse them: an object fails, or gives the columns of the file a type that
    the next row does not have. From broken JSON a model learns to make calls that cannot be read.
    """
    for message in facts.messages if facts.form.tools else ():
        for pointer, function in functions(message):
            arguments = function.get("arguments")
            place = f"{pointer}/arguments" if "arguments" in function else pointer
            if type(arguments) is dict:
                written = json.dumps(arguments, ensure_ascii=False)
                repair = Repair("write them as text", "safe", (Put(place, written),))
                yield Problem(
                    f"the arguments of a call in message {message.number} are no text", "", place, repair=repair
                )
            elif not _is_object(arguments):
                what = "missing" if arguments is None else "no JSON object"
                yield Problem(
                    f"the arguments of a call in message {message.number} are {what}", 'write "{}" for none', place
                )


def _is_object(text: Any) -> bool:
    if type(text) is not str:
        return False
    try:
        return type(json.loads(text)) is dict
    except (ValueError, RecursionError):
        return False
