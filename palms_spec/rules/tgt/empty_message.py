from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.analysis.blanks import is_blank
from palms_spec.documents.sample import ASSISTANT
from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import GOOD, QUESTION, chat


@rule(
    code="TGT021",
    severity="error",
    since="0.1",
    subject="row",
    aliases=["empty-after-strip"],
    expected="Every message says something.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, '{"role": "assistant", "content": [[" \\n"]]}')},
            good={"openai.jsonl": GOOD},
        ),
        Example(
            bad={"trl.prompt-completion.jsonl": '{"prompt": "Measles?", "completion": [[""]]}\n'},
            good={"trl.prompt-completion.jsonl": '{"prompt": "Measles?", "completion": "Ask a clinician."}\n'},
        ),
    ],
    near_misses=[
        {
            "openai.jsonl": chat(
                QUESTION,
                '{"role": "assistant", "content": "", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "look", "arguments": "{}"}}]}',
            )
        },
        {
            "llama-factory.jsonl": '{"instruction": "Measles?", "input": "", "output": "Ask.", "system": "", "history": []}\n'
        },
    ],
)
def empty_message(facts: RowFacts) -> Iterator[Problem]:
    """A message of a training file holds nothing but blanks.

    An empty answer is an error, any other empty message a warning. A message that calls a tool may be without text. In
    a dataset `empty-answer` says so of samples.

    ## Why it matters

    No loader and no provider's check minds an empty answer, and the model learns to say nothing. It is what an export
    leaves behind where a reply was deleted or a generation failed.
    """
    for turn in facts.turns if facts.written else ():
        if turn.calls_tools or not is_blank(turn.content):
            continue
        message = next((one for one in facts.messages if one.turn is turn), None)
        where = f" (message {message.number})" if message else ""
        what = f"the {turn.role or 'message'} says nothing{' but blanks' if turn.content else ''}{where}"
        if turn.role == ASSISTANT:
            yield in_turn(turn, what, "write the answer, or leave the row out")
        else:
            yield replace(in_turn(turn, what, "write it, or leave the message out"), severity="warning")
