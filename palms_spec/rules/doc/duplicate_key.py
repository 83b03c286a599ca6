from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repair import Repair
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC005",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="duplicate-key"),
    expected="A key stands once in a mapping.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("stance: neutral", "[[stance]]: neutral\n        stance: oppose")},
            good={},
            fix="shown",
        ),
        Example(
            bad="---\n[[category]]: political\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            fix="shown",
        ),
        Example(
            bad={
                "datasets/example/rows.jsonl": '{"id": "a", [["prompt"]]: "Is it measles?", "prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n',
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
            },
            good={
                "datasets/example/rows.jsonl": '{"id": "a", "prompt": "Is this rash measles?", "completion": "Ask a clinician about \\"prompt\\": care."}\n',
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
            },
            fix="shown",
        ),
    ],
    near_misses=[
        "---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {a: {x: 1}, b: {x: 1}}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
    ],
)
def duplicate_key(document: Document) -> Iterator[Problem]:
    """A key stands more than once in the same mapping.

    The last one counts, as in most readers of YAML and JSON; some take the first, others refuse the file.

    ## Why it matters

    Two values were written and one is silently dropped. This is what a merge of two branches leaves behind when both
    added the same field.
    """
    yield from defects_of(document, "duplicate-key", lambda defect: Repair("delete all but the last", "shown"))
