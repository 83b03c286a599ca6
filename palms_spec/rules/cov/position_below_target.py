from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, elsewhere, position_pointer

HEALTH, POLITICAL = SAMPLES
FEVER = "datasets/example/samples/fever.md"


@rule(
    code="COV005",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="Every active position is shown by at least as many samples as the dataset's coverage declares.",
    examples=[
        Example(
            bad={DATASET_PATH: DATASET + "coverage:\n  per_position: [[2]]\n"},
            good={DATASET_PATH: DATASET + "coverage:\n  per_position: 1\n"},
        ),
        Example(
            bad={DATASET_PATH: DATASET + "coverage: {per_position: [[2]]}\n", FEVER: SAMPLES[HEALTH]},
            good={
                DATASET_PATH: DATASET + "coverage: {per_position: 2}\n",
                FEVER: SAMPLES[HEALTH],
                "datasets/example/samples/third-ballot.md": SAMPLES[POLITICAL],
            },
        ),
    ],
    near_misses=[
        {DATASET_PATH: DATASET + "coverage: {per_position: 0}\n"},
        {DATASET_PATH: DATASET + "coverage: {per_category: 2}\n"},
        {DATASET_PATH: DATASET.replace("values-targeted", "control") + "coverage: {per_position: 2}\n"},
        {
            DATASET_PATH: DATASET + "coverage: {per_position: 2}\n",
            FEVER: SAMPLES[HEALTH],
            SPEC_PATH: SPEC + "        status: retired\n",
        },
    ],
)
def position_below_target(facts: DatasetFacts) -> Iterator[Problem]:
    """A position is shown by fewer samples than the dataset declares for each.

    The number is `coverage.per_position`; a sample counts for every position it names. A position without any sample is
    left to `position-without-samples`, retired positions are passed over.

    ## Why it matters

    One sample shows a position in one situation. A model that has seen no second one repeats that answer and does not
    apply the position elsewhere.
    """
    target, spec, counts = facts.dataset.coverage.per_position, facts.spec, facts.totals.positions
    if spec is None or not target or facts.dataset.role == "control" or not facts.is_complete:
        return
    short = [
        (category, position)
        for category, position in active_positions(spec)
        if category.weight > 0 and 0 < counts[position.id] < target
    ]
    if short:
        few = listed([f"{position.id} has {counts[position.id]}" for _, position in short])
        yield Problem(
            f"{few}; declared are {target} samples a position",
            "write more samples, or name the position in those that show it",
            "/coverage/per_position",
            related=elsewhere(facts.spec_path, (position_pointer(*pair) for pair in short), "below the target"),
            causes=facts.causes,
        )
