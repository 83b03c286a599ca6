from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import GOOD


@rule(
    code="TGT010",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="row-not-a-mapping"),
    aliases=["data_type"],
    expected="Every row of a training file is a JSON object.",
    examples=[Example(bad={"openai.jsonl": f'[["Is this rash measles?"]]\n{GOOD}'}, good={"openai.jsonl": GOOD})],
)
def row_not_a_mapping(facts: RowFacts) -> Iterator[Problem]:
    """A row of a training file is JSON, and no object.

    ## Why it matters

    Providers look fields up by name and refuse the file at the first row that has none. Often such a file is one JSON
    list over many lines, and should have been written with one object a line.
    """
    yield from map(of_defect, facts.defects("row-not-a-mapping"))
