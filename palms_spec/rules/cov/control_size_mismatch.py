from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, SAMPLES
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule

CONTROL_PATH = "datasets/example-control/dataset.yaml"
FOLDER = "datasets/example-control/samples/"
CONTROL = DATASET.replace("id: example\n", "id: example-control\n").replace(
    "role: values-targeted\n", "role: control\ncontrol_for: example\n"
)
MARKED = CONTROL.replace("control_for: example", "control_for: [[example]]")
ANSWERS = [text.split("---\n", 2)[2] for text in SAMPLES.values()]


@dataclass(frozen=True, slots=True)
class ControlSizeMismatchSettings:
    """How far the two datasets may be apart."""

    samples: float = field(
        default=0.1, metadata={"minimum": 0, "description": "Share by which the numbers of samples may differ."}
    )
    words: float = field(
        default=0.25, metadata={"minimum": 0, "description": "Share by which the numbers of words may differ."}
    )


@rule(
    code="COV008",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    settings=ControlSizeMismatchSettings,
    expected="A control dataset is about as large as the dataset it is the control for.",
    examples=[
        Example(
            bad={CONTROL_PATH: MARKED, FOLDER + "one.md": ANSWERS[0]},
            good={CONTROL_PATH: CONTROL, FOLDER + "one.md": ANSWERS[0], FOLDER + "two.md": ANSWERS[1]},
        ),
        Example(
            bad={
                CONTROL_PATH: MARKED,
                FOLDER + "one.md": "# Why is the sky blue?\n\nAir scatters blue light most.\n",
                FOLDER + "two.md": "# Why is the sun red at dusk?\n\nIts light has a longer way through the air.\n",
            },
            good={CONTROL_PATH: CONTROL, FOLDER + "one.md": ANSWERS[0], FOLDER + "two.md": ANSWERS[1]},
        ),
    ],
    near_misses=[
        {CONTROL_PATH: CONTROL.replace("role: control\n", ""), FOLDER + "one.md": ANSWERS[0]},
        {
            CONTROL_PATH: CONTROL.replace("[samples/**/*.md]", f"[{{url: 's3://c.jsonl', sha256: {'0' * 64}}}]"),
            FOLDER + "one.md": ANSWERS[0],
        },
    ],
)
def control_size_mismatch(facts: DatasetFacts, settings: ControlSizeMismatchSettings) -> Iterator[Problem]:
    """A control dataset is larger or smaller than the dataset it is the control for.

    Samples and words are compared, each as a share of the dataset that is controlled.

    ## Why it matters

    More text moves a model further. Between two datasets of unequal size, an evaluation cannot tell what the values did
    from what the amount did.
    """
    if facts.dataset.role != "control" or not facts.is_complete:
        return
    for other in facts.controlled:
        if not other.is_complete or not other.totals.samples:
            continue
        here, there = facts.totals, other.totals
        if abs(here.samples - there.samples) > settings.samples * there.samples:
            message = f"{here.samples} samples, and {there.samples} in {other.dataset.id}"
        elif abs(here.words - there.words) > settings.words * there.words:
            message = f"{here.words:,} words, and {there.words:,} in {other.dataset.id}"
        else:
            continue
        place = Elsewhere("the dataset it is the control for", path=other.path, pointer="/id")
        hint = "add or drop samples here until both are about as large"
        yield Problem(
            message, hint, "/control_for", related=(place,), causes=(other.path, *other.causes, *facts.causes)
        )
