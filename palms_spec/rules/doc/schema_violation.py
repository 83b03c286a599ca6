from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC003",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="schema-violation"),
    expected="A document has the structure of its kind.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("stance: oppose", "stance: [[against]]")},
            good={},
        ),
        Example(
            bad={
                SPEC_PATH: SPEC.replace(
                    "        statement: An answer takes no side between parties and candidates, and sets out the main views fairly.\n",
                    "",
                ).replace("- id: political.nonpartisan", "- [[id: political.nonpartisan]]")
            },
            good={},
        ),
        Example(
            bad="---\ncategory: health\npositions: [[health.no-diagnosis]]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        ),
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n[[I]]s this rash measles?\n\nThat takes a clinician to say.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
        Example(
            bad={DATASET_PATH: DATASET + "splits: [[{train: 0.9}]]\n"},
            good={DATASET_PATH: DATASET + "splits: {train: 0.9, validation: 0.1}\n"},
        ),
    ],
    near_misses=[
        {"deploy/app.yaml": "kind: Deployment\nmetadata: {name: app}\n"},
        {DATASET_PATH: DATASET + "length: {min: 0, max: 5000}\nauthors: []\ncoverage: {}\n"},
        {SPEC_PATH: SPEC.replace("    name: Health\n", "    name: Health\n    weight: 2\n")},
    ],
)
def schema_violation(document: Document) -> Iterator[Problem]:
    """A value is missing, or is not of the form that a field takes.

    `palms schema KIND` prints the structure of a kind of document as a JSON Schema, which editors can use while you
    write.

    ## Why it matters

    A document without its structure is left out of everything else: its positions, prompts or samples are not there for
    other checks, for training or for evaluation. All violations of a document are reported in one run.
    """
    yield from defects_of(document, "schema-violation")
