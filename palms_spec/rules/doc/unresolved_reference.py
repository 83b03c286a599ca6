from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Defect, Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repair import Repair, Replace
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC007",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unresolved-reference"),
    expected="What a document names is there.",
    examples=[
        Example(
            bad="---\ncategory: health\npositions: [ [[health.no-diagnoses]] ]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            fix="shown",
        ),
        Example(
            bad="---\ncategory: [[Health]]\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            fix="shown",
        ),
        Example(
            bad={DATASET_PATH: DATASET.replace("spec: example@^1", "spec: [[example@^2]]")},
            good={},
        ),
        Example(
            bad={DATASET_PATH: DATASET.replace("role: values-targeted", "role: control\ncontrol_for: [[exemple]]")},
            good={
                "datasets/targeted.yaml": DATASET.replace("id: example", "id: targeted").replace(
                    "samples/**/*.md", "example/**/*.md"
                ),
                DATASET_PATH: DATASET.replace("role: values-targeted", "role: control\ncontrol_for: targeted"),
            },
        ),
    ],
    near_misses=[
        {DATASET_PATH: DATASET.replace("spec: example@^1", "spec: example")},
        {DATASET_PATH: DATASET.replace("spec: example@^1", "spec: example@1.0.0")},
        {DATASET_PATH: DATASET.replace("spec: example@^1", "spec: example@~1.0")},
        "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        {
            "rows.jsonl": '{"prompt": "Is this rash measles?", "completion": "Ask a clinician.", "category": "nowhere", "positions": ["x"]}\n'
        },
    ],
)
def unresolved_reference(document: Document) -> Iterator[Problem]:
    """A document names a specification, dataset, category or position that does not exist.

    A reference may ask for a version: `example@^1` accepts 1.0.0 and what is compatible with it, and nothing else.

    ## Why it matters

    The thread from an answer to the position it should hold is cut: the sample counts for no position, nobody reviews
    it against one, and the reports leave it out.
    """
    yield from defects_of(document, "unresolved-reference", _near)


def _near(defect: Defect) -> Repair | None:
    if not defect.instead:
        return None
    return Repair(f"write {defect.instead}", "shown", (Replace(defect.pointer, defect.instead),))
