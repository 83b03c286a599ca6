from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer, elsewhere

HEALTH, POLITICAL = SAMPLES
MARKED = DATASET.replace("example@^1", "[[example@^1]]")
FOLDER = "datasets/example/samples/"
SIX_MORE = {f"{FOLDER}throat-{number}.md": SAMPLES[HEALTH] for number in range(6)}
TWO_MORE = {f"{FOLDER}throat-{number}.md": SAMPLES[HEALTH] for number in range(2)}
HEAVY = SPEC.replace("    name: Health\n", "    name: Health\n    weight: 7\n")


@dataclass(frozen=True, slots=True)
class CategoryImbalanceSettings:
    """How far the samples may be from the weights."""

    tolerance: float = field(
        default=0.25,
        metadata={
            "minimum": 0,
            "description": "Share of the expected number by which a category may have more or fewer samples.",
        },
    )
    at_least: int = field(
        default=2, metadata={"minimum": 0, "description": "A difference of fewer samples than this is never reported."}
    )


@rule(
    code="COV006",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    settings=CategoryImbalanceSettings,
    expected="The categories share the samples of a values-targeted dataset as their weights ask.",
    examples=[
        Example(bad={DATASET_PATH: MARKED, **SIX_MORE}, good={SPEC_PATH: HEAVY, **SIX_MORE}),
        Example(
            bad={
                DATASET_PATH: MARKED,
                SPEC_PATH: HEAVY,
                **{f"{FOLDER}throat-{number}.md": SAMPLES[HEALTH] for number in range(3)},
                **{f"{FOLDER}ballot-{number}.md": SAMPLES[POLITICAL] for number in range(3)},
            },
            good={SPEC_PATH: HEAVY, **SIX_MORE},
        ),
    ],
    near_misses=[
        TWO_MORE,
        {POLITICAL: None, **SIX_MORE},
        {DATASET_PATH: DATASET.replace("role: values-targeted\n", ""), **SIX_MORE},
        {DATASET_PATH: DATASET.replace("role: values-targeted", "role: control"), **SIX_MORE},
        {
            **{f"{FOLDER}throat-{number}.md": SAMPLES[HEALTH] for number in range(9)},
            **{f"{FOLDER}ballot-{number}.md": SAMPLES[POLITICAL] for number in range(7)},
        },
    ],
)
def category_imbalance(facts: DatasetFacts, settings: CategoryImbalanceSettings) -> Iterator[Problem]:
    """The samples are shared among the categories otherwise than the weights of the specification say.

    A category is expected to hold its share of the samples, which is its weight over the sum of all weights. Categories
    without samples are left to `category-without-samples`; the others are compared among each other.

    ## Why it matters

    Weights say how much a category counts. What has twice the samples of its neighbors counts twice in training, whatever
    the specification says, and what has half of them fades.
    """
    spec, counts = facts.spec, facts.totals.categories
    if spec is None or facts.dataset.role != "values-targeted" or not facts.is_complete:
        return
    present = [category for category in spec.categories if counts[category.id]]
    samples = sum(counts[category.id] for category in present)
    weights = sum(category.weight for category in present)
    if len(present) < 2 or not weights:
        return
    off = []
    for category in present:
        wanted = samples * category.weight / weights
        difference = abs(counts[category.id] - wanted)
        if difference >= settings.at_least and difference > settings.tolerance * wanted:
            off.append((difference, category, wanted))
    if off:
        off.sort(key=lambda one: -one[0])
        parts = listed([f"{one.id} has {counts[one.id]} and not {_number(wanted)}" for _, one, wanted in off])
        yield Problem(
            f"of {samples} samples, {parts}",
            "write samples where they are missing, or change the weights",
            "/spec",
            related=elsewhere(facts.spec_path, (category_pointer(one) for _, one, _ in off), "the category"),
            causes=facts.causes,
        )


def _number(wanted: float) -> str:
    return f"about {wanted:.0f}" if wanted >= 1 else f"{wanted:.1f}"
