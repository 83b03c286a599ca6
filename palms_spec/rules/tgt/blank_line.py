from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Repair, TakeRow
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import GOOD


@rule(
    code="TGT027",
    severity="warning",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="blank-line"),
    expected="Every line of a training file is a row.",
    examples=[
        Example(bad={"together.jsonl": f"{GOOD}[[]]\n{GOOD}"}, good={"together.jsonl": GOOD + GOOD}, fix="safe"),
        Example(bad={"tinker.jsonl": f"{GOOD} \t\n"}, good={"tinker.jsonl": GOOD}, fix="safe"),
    ],
    near_misses=[{"together.jsonl": GOOD.rstrip("\n")}],
)
def blank_line(facts: RowFacts) -> Iterator[Problem]:
    """A line of a training file is blank.

    An error where the target's reader is known to fail at it, else a warning.

    ## Why it matters

    Many readers pass over blank lines, and some take each line for JSON and stop. Line numbers in the messages of
    others then no longer mean the same.
    """
    for defect in facts.defects("blank-line"):
        problem = of_defect(defect, Repair("take the line out", "safe", (TakeRow(),)))
        yield problem if facts.plan.profile.blank_lines else replace(problem, severity="error")
