from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

MOVED = "datasets/example/samples.yaml"
SORTS = {"spec": "specification", "prompt-set": "prompt set", "dataset": "dataset"}


@rule(
    code="CHG024",
    severity="error",
    since="0.1",
    subject="change",
    expected="No document disappears unnoticed.",
    examples=[Example(bad={DATASET_PATH: None}, good={DATASET_PATH: DATASET})],
    near_misses=[{DATASET_PATH: None, MOVED: DATASET}],
)
def document_removed(facts: ChangeFacts) -> Iterator[Problem]:
    """A specification, a prompt set or a dataset is gone.

    One that was moved to another file is not, as long as it keeps its id. Its mirror is `document-added`.

    ## Why it matters

    With a specification all of its positions go, with a prompt set all of its results lose what they answer, and with a
    dataset nothing is trained on its samples any more.
    """
    change = facts.change
    if change.kind == "document-removed":
        yield Problem(f"the {SORTS[change.thing]} {change.item} is gone", "bring it back, or have an owner approve it")
