from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer, elsewhere

HEALTH, POLITICAL = SAMPLES
FEVER = "datasets/example/samples/fever.md"


@rule(
    code="COV002",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="Every category holds at least as many samples as the dataset's coverage declares.",
    examples=[
        Example(
            bad={DATASET_PATH: DATASET + "coverage:\n  per_category: [[2]]\n"},
            good={DATASET_PATH: DATASET + "coverage:\n  per_category: 1\n"},
        ),
        Example(
            bad={DATASET_PATH: DATASET + "coverage: {per_category: [[2]]}\n", FEVER: SAMPLES[HEALTH]},
            good={
                DATASET_PATH: DATASET + "coverage: {per_category: 2}\n",
                FEVER: SAMPLES[HEALTH],
                "datasets/example/samples/third-ballot.md": SAMPLES[POLITICAL],
            },
        ),
    ],
    near_misses=[
        {DATASET_PATH: DATASET},
        {DATASET_PATH: DATASET + "coverage: {per_category: 0}\n"},
        {DATASET_PATH: DATASET + "coverage: {per_category: 1}\n", FEVER: SAMPLES[HEALTH]},
        {DATASET_PATH: DATASET + "coverage: {per_category: 1}\n", POLITICAL: None},
        {
            DATASET_PATH: DATASET + "coverage: {per_category: 2}\n",
            FEVER: SAMPLES[HEALTH],
            SPEC_PATH: SPEC.replace("    name: Politics\n", "    name: Politics\n    weight: 0\n"),
        },
    ],
)
def category_below_target(facts: DatasetFacts) -> Iterator[Problem]:
    """A category holds fewer samples than the dataset declares for each.

    The number is `coverage.per_category`. More samples are no problem here. A category without any is left to
    `category-without-samples`, one of weight 0 is passed over.

    ## Why it matters

    The number was chosen so that every category is learned. A category with a few samples is drowned by the others, and
    the evaluation shows it as weak.
    """
    target, spec, counts = facts.dataset.coverage.per_category, facts.spec, facts.totals.categories
    if spec is None or not target or facts.dataset.role == "control" or not facts.is_complete:
        return
    short = [category for category in spec.categories if category.weight > 0 and 0 < counts[category.id] < target]
    if short:
        few = listed([f"{category.id} has {counts[category.id]}" for category in short])
        missing = sum(target - counts[category.id] for category in short)
        yield Problem(
            f"{few}; declared are {target} samples a category",
            f"write {missing} more" if len(short) == 1 else f"write {missing} more in these {len(short)} categories",
            "/coverage/per_category",
            related=elsewhere(facts.spec_path, map(category_pointer, short), "below the target"),
            causes=facts.causes,
        )
