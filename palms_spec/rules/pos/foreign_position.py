from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

BODY = "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
ROW = '{"id": "a", "category": "%s", "positions": [ %s ], "prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n'
ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]")


@rule(
    code="POS002",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["positions"],
    expected="The positions of a sample are those of its category.",
    examples=[
        Example(
            bad="---\ncategory: health\npositions:\n  - health.no-diagnosis\n  - [[political.nonpartisan]]\n---\n"
            + BODY,
            good="---\ncategory: health\npositions:\n  - health.no-diagnosis\n---\n" + BODY,
        ),
        Example(
            bad={ROWS: ROW % ("political", '[["health.no-diagnosis"]]'), DATASET_PATH: WITH_ROWS},
            good={ROWS: ROW % ("health", '"health.no-diagnosis"'), DATASET_PATH: WITH_ROWS},
        ),
    ],
    near_misses=[
        "---\npositions: [health.no-diagnosis, political.nonpartisan]\n---\n" + BODY,
        "---\ncategory: Health\npositions: [health.no-diagnosis]\n---\n" + BODY,
        "---\ncategory: health\npositions: [political.unknown]\n---\n" + BODY,
        "---\ncategory: political\n---\n" + BODY,
        {ROWS: ROW % ("political", '"health.no-diagnosis"'), DATASET_PATH: WITH_ROWS.replace("spec: example@^1\n", "")},
        {"exports/rows.jsonl": ROW % ("political", '"health.no-diagnosis"')},
    ],
)
def foreign_position(facts: SampleFacts) -> Iterator[Problem]:
    """A sample names a position of another category than its own.

    Names that the specification does not have are reported by `unresolved-reference`.

    ## Why it matters

    Coverage is counted and answers are rated by category, and a category's answers are reviewed against its positions.
    A sample that stands in two places at once is counted in one and judged by the other; two samples say it better.
    """
    sample, owners = facts.sample, facts.context.positions
    category = sample.category
    if not sample.positions or not owners or category is None or category not in (facts.context.categories or ()):
        return
    for index, position in enumerate(sample.positions):
        owner = owners.get(position, category)
        if owner != category:
            message = f"{position} is a position of {owner}, and the category is {category}"
            hint = f"name a position of {category}, or set the category to {owner}"
            yield Problem(message, hint, f"{sample.pointer}/positions/{index}")
