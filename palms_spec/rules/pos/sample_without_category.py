from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

BODY = "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
WHOLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n" + BODY
SAMPLE_PATH = "datasets/example/samples/example.md"
ROW = '{"id": "a", %s"positions": [ %s ], "prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n'
ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]")
WITHOUT = "---\npositions: [health.no-diagnosis]\n---\n" + BODY


@rule(
    code="POS003",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["categories", "positions", "role"],
    expected="Every sample of a values-targeted dataset names the category that it belongs to.",
    examples=[
        Example(bad="---\npositions:\n  - [[health.no-diagnosis]]\n---\n" + BODY, good=WHOLE),
        Example(
            bad="---\npositions:\n  - [[health.no-diagnosis]]\n  - political.nonpartisan\n---\n" + BODY, good=WHOLE
        ),
        Example(
            bad={ROWS: ROW % ("", '[["health.no-diagnosis"]]'), DATASET_PATH: WITH_ROWS},
            good={ROWS: ROW % ('"category": "health", ', '"health.no-diagnosis"'), DATASET_PATH: WITH_ROWS},
        ),
    ],
    near_misses=[
        BODY,
        "---\ncategory: elsewhere\npositions: [health.no-diagnosis]\n---\n" + BODY,
        {SAMPLE_PATH: WITHOUT, DATASET_PATH: DATASET.replace("role: values-targeted", "role: control")},
        {SAMPLE_PATH: WITHOUT, DATASET_PATH: DATASET.replace("role: values-targeted\n", "")},
        {SAMPLE_PATH: WITHOUT, DATASET_PATH: DATASET.replace("spec: example@^1\n", "")},
        {SAMPLE_PATH: WITHOUT, DATASET_PATH: DATASET.replace("spec: example@^1", "spec: elsewhere")},
        {"exports/rows.jsonl": ROW % ("", '"health.no-diagnosis"')},
    ],
)
def sample_without_category(facts: SampleFacts) -> Iterator[Problem]:
    """A sample of a values-targeted dataset names positions and no category.

    Samples of other datasets, a control among them, need none. A sample that names neither is reported by
    `sample-without-position`.

    ## Why it matters

    Samples are counted, weighed and evaluated by category. One without a category serves its positions and fills no
    category, so the coverage says that less has been written than has.
    """
    context, sample = facts.context, facts.sample
    if sample.category is not None or not sample.positions:
        return
    if context.role != "values-targeted" or not context.categories:
        return
    owners = context.positions or {}
    categories = list(dict.fromkeys(owners[position] for position in sample.positions if position in owners))
    if len(categories) == 1:
        message, hint = "no category is named", f"add category: {categories[0]}, which its positions are of"
    elif categories:
        message = f"no category is named, and the positions are of {listed(categories)}"
        hint = "name one category and positions of it only; what the others ask for takes samples of their own"
    else:
        message, hint = "no category is named", f"add a category of {context.spec}"
    yield Problem(message, hint, f"{sample.pointer}/positions/0")
