from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, QUESTION, chat

BRIEF, KIND = (f'{{"role": "system", "content": "{text}"}}' for text in ("Be brief.", "Be kind."))


@rule(
    code="TGT019",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="several-system-messages"),
    aliases=["more-than-one-system"],
    expected="A row has one system message at most, where the target asks for that.",
    examples=[
        Example(
            bad={"fireworks.jsonl": chat(BRIEF, f"[[{KIND}]]", QUESTION, ANSWER)},
            good={"fireworks.jsonl": chat(BRIEF, QUESTION, ANSWER)},
        )
    ],
    near_misses=[{"openai.jsonl": chat(BRIEF, KIND, QUESTION, ANSWER)}],
)
def several_system_messages(facts: RowFacts) -> Iterator[Problem]:
    """A row has more than one system message, and the target takes one.

    Samples of a dataset that names such a target are looked at as well.

    ## Why it matters

    The provider refuses the file; a trainer leaves the row out, or the second message overrides the first.
    """
    yield from map(of_defect, facts.defects("several-system-messages"))
