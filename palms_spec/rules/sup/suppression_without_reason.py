from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.suppression import SuppressionFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n"
ANSWER = "# What does a transcript of a call look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"
ROW = '{"prompt": "What does a call look like?", "completion": "Human: hello", "palms_ignore": [%s]}\n'
ROWS = "rows.jsonl"


@rule(
    code="SUP003",
    severity="warning",
    since="0.1",
    subject="suppression",
    trigger=Trigger(defect="suppression-without-reason"),
    expected="A suppression says why what it covers is accepted.",
    examples=[
        Example(
            bad=f"{FRONT}[[# palms: ignore[role-marker]]]\n---\n{ANSWER}",
            good=f"{FRONT}# palms: ignore[role-marker] the answer quotes a transcript\n---\n{ANSWER}",
        ),
        Example(
            bad={ROWS: ROW % '[[{"rule": "role-marker"}]]'},
            good={ROWS: ROW % '{"rule": "role-marker", "reason": "a quoted transcript"}'},
        ),
    ],
    near_misses=[
        f"{FRONT}# palms: ignore[role-marker]: a quotation\n---\n{ANSWER}",
        f"{FRONT}# palms: ignore[role-marker] until=9999-12-31 a quotation\n---\n{ANSWER}",
    ],
)
def suppression_without_reason(facts: SuppressionFacts) -> Iterator[Problem]:
    """A suppression gives no reason.

    ## Why it matters

    Whoever reads the document later cannot tell a decision from a way around the linter, and cannot see when the suppression has
    outlived its reason.
    """
    if "suppression-without-reason" in facts.defects:
        is_comment = not facts.suppression.place.pointer
        hint = "write the reason behind the bracket" if is_comment else "say in the field reason why this is accepted"
        yield Problem("no reason is given", hint)
