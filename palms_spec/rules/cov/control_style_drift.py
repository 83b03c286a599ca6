from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.statistics import mean_shift, median, smirnov_critical, smirnov_distance
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.style import STEPS
from palms_spec.rulekit.examples import DATASET
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule

CONTROL_PATH = "datasets/example-control/dataset.yaml"
CONTROL = DATASET.replace("id: example\n", "id: example-control\n").replace(
    "role: values-targeted\n", "role: control\ncontrol_for: example\n"
)
MARKED = CONTROL.replace("control_for: example", "control_for: [[example]]")
SHORT = (
    "# Why does bread rise{}?\n\nYeast eats sugar. It gives off gas. The dough holds the gas. So the loaf grows{}.\n"
)
LONG = (
    "# Why does bread rise{}?\n\nBecause yeast eats the sugar in the dough and gives off gas, which the dough, elastic as it "
    "is after long kneading, holds in countless little bubbles, the loaf grows until heat makes it firm{}.\n"
)
PLACE = "datasets/{}/samples/bread/{}.md"


def _samples(dataset: str, text: str, number: int) -> dict[str, str]:
    return {PLACE.format(dataset, at): text.format("", " at last" * (at % 5)) for at in range(number)}


@dataclass(frozen=True, slots=True)
class ControlStyleDriftSettings:
    """When a difference is one."""

    share: float = field(
        default=0.15,
        metadata={
            "minimum": 0,
            "description": "Share by which samples or sentences are longer or shorter on average to be reported.",
        },
    )
    grades: float = field(
        default=1.0,
        metadata={"minimum": 0, "description": "School grades by which answers are easier or harder to be reported."},
    )
    alpha: float = field(
        default=0.01,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "How often chance alone may bring a difference that is reported.",
        },
    )
    samples: int = field(
        default=20,
        metadata={"minimum": 2, "description": "The fewest samples in each dataset for which the test is made."},
    )


@rule(
    code="COV009",
    severity="warning",
    since="0.1",
    subject="dataset",
    settings=ControlStyleDriftSettings,
    confidence="medium",
    expected="A control dataset is written like the dataset it is the control for.",
    examples=[
        Example(
            bad={CONTROL_PATH: MARKED, **_samples("example", LONG, 24), **_samples("example-control", SHORT, 24)},
            good={CONTROL_PATH: CONTROL, **_samples("example", LONG, 24), **_samples("example-control", LONG, 24)},
        )
    ],
    near_misses=[
        {CONTROL_PATH: CONTROL, **_samples("example", LONG, 8), **_samples("example-control", SHORT, 8)},
        {
            CONTROL_PATH: CONTROL.replace("language: en", "language: de"),
            **_samples("example", LONG, 24),
            **_samples("example-control", SHORT, 24),
        },
        {
            CONTROL_PATH: CONTROL,
            **_samples("example", LONG, 24),
            **_samples("example-control", SHORT, 2),
            **{
                PLACE.format("example-control", f"long-{at}"): LONG.format("", " at last" * (at % 5))
                for at in range(22)
            },
        },
    ],
)
def control_style_drift(facts: DatasetFacts, settings: ControlStyleDriftSettings) -> Iterator[Problem]:
    """A control dataset is written otherwise than the dataset it is the control for.

    Three things are compared, one value a sample: its words, the mean words a sentence of its answers, and how hard these
    are to read (automated readability index, which counts letters a word and words a sentence). A difference is reported
    where it is large enough to be noticed (`share`, `grades`: the distance of the values on average, after Wasserstein) and
    larger than chance brings about (`alpha`: the two-sample test of Kolmogorov and Smirnov). Datasets of different languages
    are not compared.

    ## Why it matters

    A model learns the manner of what it is trained on. If the control is wordier or harder to read, raters see the manner,
    and the evaluation takes it for the values.
    """
    if facts.dataset.role != "control" or not facts.is_complete:
        return
    here = facts.totals.style
    for other in facts.controlled:
        there = other.totals.style
        if not other.is_complete or other.dataset.language != facts.dataset.language:
            continue
        if min(facts.totals.samples, other.totals.samples) < settings.samples:
            continue
        drifts = [
            *_drift("words a sample", here.lengths, there.lengths, settings, share=settings.share),
            *_drift("words a sentence", here.sentence_lengths, there.sentence_lengths, settings, share=settings.share),
            *_drift("readability", here.readability, there.readability, settings, least=STEPS * settings.grades),
        ]
        if drifts:
            place = Elsewhere("the dataset it is the control for", path=other.path, pointer="/id")
            message = f"not as in {other.dataset.id}: {listed(drifts)}"
            hint = "rewrite the samples that are furthest off, or add some of the other kind"
            yield Problem(
                message, hint, "/control_for", related=(place,), causes=(other.path, *other.causes, *facts.causes)
            )


def _drift(
    name: str,
    ours: Counter[int],
    theirs: Counter[int],
    settings: ControlStyleDriftSettings,
    *,
    share: float = 0.0,
    least: float = 0.0,
) -> Iterator[str]:
    first, second = ours.total(), theirs.total()
    if not first or not second:
        return
    shift, usual = mean_shift(ours, theirs), median(theirs)
    distance, chance = smirnov_distance(ours, theirs), smirnov_critical(first, second, settings.alpha)
    if shift > max(least, share * usual) and distance > chance:
        steps = 1 if name == "words a sample" else STEPS
        medians = f"median {median(ours) / steps:g} against {usual / steps:g}, {shift / steps:.1f} apart on average"
        yield f"{name} ({medians}; distance {distance:.2f}, by chance up to {chance:.2f})"
