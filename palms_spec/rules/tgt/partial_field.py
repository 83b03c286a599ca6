from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.target import TargetFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat

TALK = '"messages": [{"role": "user", "content": "Measles?"}, {"role": "assistant", "content": "Ask."}]'


@rule(
    code="TGT009",
    severity="error",
    since="0.1",
    subject="target",
    aliases=["all-or-none"],
    expected="A field that the target wants in all rows or in none stands in all rows or in none.",
    examples=[
        Example(
            bad={"bedrock-claude.jsonl": f'{{{TALK}}}\n{{{TALK}}}\n[[{{"system": "Be brief.", {TALK}}}]]\n'},
            good={"bedrock-claude.jsonl": f'{{"system": "Be brief.", {TALK}}}\n' * 2},
        ),
        Example(
            bad={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": 2') * 2 + f"[[{GOOD[:-1]}]]\n"},
            good={"fireworks.jsonl": chat(QUESTION, ANSWER, more=', "weight": 2') * 2},
        ),
        Example(
            bad={"tinker.jsonl": "[[" + chat(QUESTION, ANSWER.replace("}", ', "trainable": true}'))[:-1] + "]]\n"},
            good={"tinker.jsonl": chat(*(one.replace("}", ', "trainable": true}') for one in (QUESTION, ANSWER)))},
        ),
    ],
    near_misses=[{"openai.jsonl": GOOD + chat(QUESTION, ANSWER.replace("}", ', "weight": 1}'))}],
)
def partial_field(facts: TargetFacts) -> Iterator[Problem]:
    """A field stands in some rows, or in some messages, and the target wants it in all of them or in none.

    It is reported at the first of the fewer.

    ## Why it matters

    The provider refuses the file, or takes a value for the others that nobody wrote.
    """
    for name in facts.plan.profile.all_or_none:
        there, absent = (facts.totals.fields.get((name, stands)) for stands in (True, False))
        if there is None or absent is None:
            continue
        fewer = there if there.count <= absent.count else absent
        what = "messages" if name == "trainable" else facts.rows
        yield Problem(
            f"{name} stands in {there.count:,} {what} and is missing in {absent.count:,}",
            f"write it in all {what} or in none",
            facts.pointer,
            member=facts.member(fewer),
        )
