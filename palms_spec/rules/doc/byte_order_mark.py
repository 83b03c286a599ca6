from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repair import Repair, Unmark
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC010",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="byte-order-mark"),
    expected="A file begins with its text, without a byte order mark.",
    examples=[
        Example(
            bad={SPEC_PATH: "\ufeff[[p]]" + SPEC[1:]},
            good={},
            fix="safe",
        ),
        Example(
            bad={
                "datasets/example/rows.jsonl": '\ufeff[[]]{"id": "a", "prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n',
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
            },
            good={
                "datasets/example/rows.jsonl": '{"id": "a", "prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n',
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
            },
            fix="safe",
        ),
    ],
    near_misses=[
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash\ufeff measles?\n\nThat takes a clinician to say.\n",
    ],
)
def byte_order_mark(document: Document) -> Iterator[Problem]:
    """A file begins with a byte order mark.

    palms passes over it. Editors on Windows write it when they are told to save as UTF-8 "with BOM".

    ## Why it matters

    Other tools take the mark for a character of the first line: front matter is no longer found, the first key is
    misread, and providers refuse training files that begin with it.
    """
    yield from defects_of(document, "byte-order-mark", lambda defect: Repair("take it away", "safe", (Unmark(),)))
