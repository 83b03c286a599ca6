from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, elsewhere, position_pointer

HEALTH, POLITICAL = SAMPLES
MARKED = DATASET.replace("example@^1", "[[example@^1]]")
SECOND = (
    "      - id: political.no-rumors\n        subject: rumors about candidates\n        stance: oppose\n"
    "        statement: An answer does not pass on a rumor about a candidate as if it were a fact.\n"
)
BOTH = SAMPLES[POLITICAL].replace("nonpartisan]", "nonpartisan, political.no-rumors]")


@rule(
    code="COV003",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="Every active position is shown by a sample of a values-targeted dataset.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC + SECOND, DATASET_PATH: MARKED},
            good={SPEC_PATH: SPEC + SECOND, POLITICAL: BOTH},
        ),
        Example(
            bad={DATASET_PATH: MARKED, HEALTH: SAMPLES[HEALTH].replace("positions: [health.no-diagnosis]\n", "")},
            good={},
        ),
    ],
    near_misses=[
        {SPEC_PATH: SPEC + SECOND + "        status: retired\n"},
        {SPEC_PATH: SPEC + SECOND, POLITICAL: None},
        {SPEC_PATH: SPEC + SECOND, DATASET_PATH: DATASET.replace("role: values-targeted\n", "")},
        {SPEC_PATH: SPEC + SECOND, DATASET_PATH: DATASET.replace("role: values-targeted", "role: control")},
        {SPEC_PATH: (SPEC + SECOND).replace("    name: Politics\n", "    name: Politics\n    weight: 0\n")},
    ],
)
def position_without_samples(facts: DatasetFacts) -> Iterator[Problem]:
    """No sample names a position that is in force.

    Retired positions need none. The positions of a category without any sample are left to `category-without-samples`.
    A dataset without a role is looked at where its `coverage` declares `per_position`.

    ## Why it matters

    What the dataset does not show, the model does not learn. A position that stands in the specification only is a promise
    to the reader that the trained model will not keep.
    """
    dataset, spec, totals = facts.dataset, facts.spec, facts.totals
    wanted = dataset.role == "values-targeted" or (dataset.role is None and dataset.coverage.per_position)
    if spec is None or not wanted or not facts.is_complete:
        return
    missing = [
        (category, position)
        for category, position in active_positions(spec)
        if category.weight > 0 and totals.categories[category.id] and not totals.positions[position.id]
    ]
    if missing:
        names = listed([position.id for _, position in missing])
        yield Problem(
            f"{names} has no sample" if len(missing) == 1 else f"{len(missing)} positions have no sample: {names}",
            "name it in the samples that show it, or write one"
            if len(missing) == 1
            else "name each in the samples that show it, or write one",
            "/spec",
            related=elsewhere(facts.spec_path, (position_pointer(*pair) for pair in missing), "without a sample"),
            causes=facts.causes,
        )
