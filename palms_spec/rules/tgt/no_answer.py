from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat


@rule(
    code="TGT016",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="no-answer"),
    aliases=["example_missing_assistant_message"],
    expected="One of the messages of a row is the assistant's.",
    examples=[Example(bad={"openai.jsonl": chat(f"[[{QUESTION}]]")}, good={"openai.jsonl": GOOD})],
    near_misses=[{"openai.jsonl": chat(QUESTION, ANSWER, '{"role": "user", "content": "Thank you."}')}],
)
def no_answer(facts: RowFacts) -> Iterator[Problem]:
    """No message of a row is the assistant's.

    ## Why it matters

    What the assistant says is what is learned. From such a row a model learns nothing, and providers refuse the file;
    the clients of some no longer look, so that this shows only after the upload.
    """
    yield from map(of_defect, facts.defects("no-answer"))
