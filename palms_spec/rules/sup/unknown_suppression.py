from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.facts.suppression import SuppressionFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n"
ANSWER = "# What does a transcript of a call look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"


@rule(
    code="SUP002",
    severity="warning",
    since="0.1",
    subject="suppression",
    trigger=Trigger(defect="unknown-suppression"),
    expected="A suppression names a rule.",
    examples=[
        Example(
            bad=f"{FRONT}# palms: ignore[[[role-maker]]] the answer quotes a transcript\n---\n{ANSWER}",
            good=f"{FRONT}# palms: ignore[role-marker] the answer quotes a transcript\n---\n{ANSWER}",
        ),
        Example(
            bad={SPEC_PATH: "[[# palms: ignore]]\n" + SPEC},
            good={},
        ),
        Example(
            bad={
                "datasets/example/samples/example.md": f"{FRONT}palms_ignore: [{{rule: [[SAM]], reason: a quotation}}]\n---\n{ANSWER}"
            },
            good={
                "datasets/example/samples/example.md": f"{FRONT}palms_ignore: [{{rule: SAM004, reason: a quotation}}]\n---\n{ANSWER}"
            },
        ),
    ],
    near_misses=[
        {SPEC_PATH: "# palms ignores nothing here\n" + SPEC},
        {SPEC_PATH: SPEC.replace("title: Example", 'title: "# palms: ignore[example]"')},
    ],
)
def unknown_suppression(facts: SuppressionFacts) -> Iterator[Problem]:
    """A suppression names no rule, or one that does not exist.

    Names and codes both work, families do not: a suppression says exactly what is accepted.

    ## Why it matters

    A suppression of a rule that does not exist covers nothing, and what was meant is reported all the same.
    """
    if "unknown-suppression" not in facts.defects:
        return
    word = facts.suppression.rule
    if not word:
        yield Problem("no rule is named", "write it as # palms: ignore[rule] reason")
    elif word.upper() in {*facts.families, "ALL"}:
        what = "all rules" if word.upper() == "ALL" else f"a family of rules, {word.upper()}"
        yield Problem(f"{word} stands for {what}", "name the rules that are meant", "/rule")
    else:
        hint = did_you_mean(word, facts.words) or "`palms rule` lists the rules"
        yield Problem(f"there is no rule {word}", hint, "/rule")
