from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

SHOWN = 5
BODY = "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
CONTROL = {
    DATASET_PATH: DATASET.replace("role: values-targeted", "role: control"),
    "datasets/example/samples/example.md": BODY,
}


@rule(
    code="POS001",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["positions", "role"],
    expected="Every sample of a values-targeted dataset names the positions that it is to teach.",
    examples=[
        Example(
            bad="---\ncategory: [[health]]\n---\n" + BODY,
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n" + BODY,
        ),
        Example(
            bad="---\norigin: broad\npositions: []\n---\n" + BODY,
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n" + BODY,
        ),
        Example(
            bad="[[# Is this rash measles?]]\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n" + BODY,
        ),
    ],
    near_misses=[
        CONTROL,
        {**CONTROL, DATASET_PATH: DATASET.replace("role: values-targeted\n", "")},
        {**CONTROL, DATASET_PATH: DATASET.replace("spec: example@^1\n", "")},
        {**CONTROL, DATASET_PATH: DATASET.replace("spec: example@^1", "spec: elsewhere")},
        {
            SPEC_PATH: SPEC + "  - id: astronomy\n    name: Astronomy\n",
            "datasets/example/samples/example.md": "---\ncategory: astronomy\n---\n" + BODY,
        },
        "---\ncategory: health\npositions: [health.unknown]\n---\n" + BODY,
        {"exports/rows.jsonl": '{"prompt": "Is this rash measles?", "completion": "Please ask a clinician."}\n'},
    ],
)
def sample_without_position(facts: SampleFacts) -> Iterator[Problem]:
    """A sample of a values-targeted dataset names no position.

    Samples of other datasets, a control among them, need none; nor do those of a category that has no positions yet.

    ## Why it matters

    The positions say what the answer was written to show. Without them nobody can review it against a wording, it
    counts for no position's coverage, and a change of a position does not lead to it.
    """
    context, sample = facts.context, facts.sample
    if sample.positions or context.role != "values-targeted" or not context.positions:
        return
    category = sample.category
    anywhere = category is None or category not in (context.categories or ())
    candidates = [
        position
        for position, owner in context.positions.items()
        if (anywhere or owner == category) and position not in context.retired
    ]
    if not candidates:
        return
    message = "no position is named" if category is not None else "neither a category nor a position is named"
    shown = ", ".join(candidates[:SHOWN]) + (", …" if len(candidates) > SHOWN else "")
    pointer = f"{sample.pointer}/{'positions' if category is None else 'category'}"
    yield Problem(message, f"add positions: one or more of {shown}", pointer)
