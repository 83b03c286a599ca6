from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer, elsewhere

HEALTH, POLITICAL = SAMPLES
MARKED = DATASET.replace("example@^1", "[[example@^1]]")
WITHOUT_ROLE = "role: values-targeted\n", "coverage: {per_category: 1}\n"


@rule(
    code="COV001",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="A values-targeted dataset has samples in every category of its specification.",
    examples=[
        Example(bad={DATASET_PATH: MARKED, POLITICAL: None}, good={}),
        Example(
            bad={DATASET_PATH: MARKED.replace(*WITHOUT_ROLE), HEALTH: None},
            good={DATASET_PATH: DATASET.replace(*WITHOUT_ROLE)},
        ),
        Example(bad={DATASET_PATH: MARKED.replace("**/*.md", "**/*.yaml")}, good={}),
    ],
    near_misses=[
        {DATASET_PATH: DATASET.replace("role: values-targeted", "role: control"), POLITICAL: None},
        {DATASET_PATH: DATASET.replace("role: values-targeted\n", ""), POLITICAL: None},
        {DATASET_PATH: DATASET.replace("spec: example@^1\n", ""), POLITICAL: None},
        {SPEC_PATH: SPEC.replace("    name: Politics\n", "    name: Politics\n    weight: 0\n"), POLITICAL: None},
        {
            DATASET_PATH: DATASET.replace(
                "[samples/**/*.md]",
                f"[samples/**/*.md, {{url: 's3://samples/politics.jsonl', sha256: {'0' * 64}}}]",
            ),
            POLITICAL: None,
        },
    ],
)
def category_without_samples(facts: DatasetFacts) -> Iterator[Problem]:
    """A category of the specification has no sample in a values-targeted dataset.

    A category of weight 0 needs none. A dataset without a role is looked at where its `coverage` declares `per_category`;
    one with samples that lie elsewhere (`url`) is not.

    ## Why it matters

    A model that is trained on the dataset learns nothing about the positions of this category, and its evaluation in the
    category measures the model as it was before.
    """
    dataset, spec = facts.dataset, facts.spec
    wanted = dataset.role == "values-targeted" or (dataset.role is None and dataset.coverage.per_category)
    if spec is None or not wanted or not facts.is_complete:
        return
    categories = [category for category in spec.categories if category.weight > 0]
    empty = [category for category in categories if not facts.totals.categories[category.id]]
    if not empty:
        return
    related = elsewhere(facts.spec_path, map(category_pointer, empty), "without a sample")
    hint = "write samples for each, or give it weight 0 in the specification"
    if len(empty) == 1:
        message = f"{empty[0].id} has no sample"
        hint = hint.replace("each", "it")
    elif len(empty) == len(categories):
        message = f"none of the {len(categories)} categories of {spec.id} has a sample"
        hint, related = "write samples that name one of its categories", ()
    else:
        names = listed([category.id for category in empty])
        message = f"{len(empty)} of {len(categories)} categories have no sample: {names}"
    yield Problem(message, hint, "/spec", related=related, causes=facts.causes)
