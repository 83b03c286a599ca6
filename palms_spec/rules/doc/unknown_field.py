from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Defect, Document
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repair import Repair, Replace
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC004",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unknown-field"),
    expected="Every field of a document is one that its kind has.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("stance: oppose", "stanse: oppose").replace("stanse", "[[stanse]]")},
            good={},
            fix="unsafe",
        ),
        Example(
            bad="---\ncategory: health\n[[position]]: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            fix="unsafe",
        ),
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\n[[topic]]: rashes\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {topic: rashes}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        ),
    ],
    near_misses=[
        {SPEC_PATH: SPEC + "sample_metadata: {type: object, properties: {anything: {}}, x-owner: us}\n"},
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# What is a rash?\n\nposition: text, and no field\n",
    ],
)
def unknown_field(document: Document) -> Iterator[Problem]:
    """A field is none that this kind of document has.

    The field is left out, and the rest of the document is read. What belongs to a sample and has no field of its own
    goes under `metadata`.

    ## Why it matters

    A misspelt field looks as if it were set and has no effect: a weight stays 1, a control names no dataset, a sample
    is counted for no category.

    ## Fix safety

    A field whose name is near to one that is not there is renamed to it, where its value fits. That is unsafe: the field
    has an effect from then on, and it may have been meant otherwise.
    """
    yield from defects_of(document, "unknown-field", _renamed)


def _renamed(defect: Defect) -> Repair | None:
    if not defect.instead:
        return None
    change = Replace(defect.pointer, defect.instead, on_key=True)
    return Repair(f"rename it to {defect.instead}", "unsafe", (change,))
