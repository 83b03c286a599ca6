from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat


@rule(
    code="TGT012",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="incomplete-message"),
    aliases=["message_missing_key"],
    expected="A message says who speaks, and what.",
    examples=[
        Example(
            bad={"openai.jsonl": chat('[[{"content": "Is this rash measles?"}]]', ANSWER)}, good={"openai.jsonl": GOOD}
        ),
        Example(
            bad={"vertex.jsonl": '{"contents": [{"role": "user", "parts": [{"text": "Measles?"}]}, [["Ask."]]]}\n'},
            good={
                "vertex.jsonl": '{"contents": [{"role": "user", "parts": [{"text": "Measles?"}]}, {"role": "model", "parts": [{"text": "Ask."}]}]}\n'
            },
        ),
    ],
    near_misses=[
        {
            "openai.jsonl": chat(
                QUESTION,
                '{"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "look", "arguments": "{}"}}]}',
            )
        }
    ],
)
def incomplete_message(facts: RowFacts) -> Iterator[Problem]:
    """A message has no role or no content, or is no object.

    A message that calls tools may be without content.

    ## Why it matters

    Without a role nobody knows whether the text is to be learned, and without content there is nothing to learn. The
    provider refuses the file.
    """
    yield from map(of_defect, facts.defects("incomplete-message"))
