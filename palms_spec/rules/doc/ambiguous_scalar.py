from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repair import Quote, Repair
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC008",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="ambiguous-scalar"),
    expected="A value means the same to every reader of YAML.",
    examples=[
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {country: [[no]]}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good='---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {country: "no"}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n',
            fix="safe",
        ),
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {batch: [[012]]}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
            good='---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {batch: "012"}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n',
            fix="safe",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("title: Example", "title: [[Off]]")},
            good={SPEC_PATH: SPEC.replace("title: Example", 'title: "Off"')},
            fix="safe",
        ),
    ],
    near_misses=[
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# No\n\nyes\n",
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# 12:30\n\n012\n",
        "---\ncategory: health\npositions: [health.no-diagnosis]\nmetadata: {a: true, b: 12, c: 1.5, d: null, e: No way, f: 1.2.0, g: 2027-01-31, h: 0, i: 0.5, j: ~, k: 1e3, l: north}\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        {
            "datasets/example/rows.jsonl": '{"id": "no", "prompt": "yes", "completion": "012"}\n',
            DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
        },
        {"ci/workflow.yaml": "on: push\nenabled: yes\n"},
    ],
)
def ambiguous_scalar(document: Document) -> Iterator[Problem]:
    """A value or key without quotes is text here, and a boolean or a number to many readers of YAML.

    These are `yes`, `no`, `on`, `off`, numbers with a leading zero such as `012`, numbers with underscores such as
    `1_000`, and base-60 numbers such as `12:30`. YAML 1.1 and YAML 1.2 differ about them; palms reads all of them as
    text. Dates are left alone.

    ## Why it matters

    Other tools that read the file, among them those most pipelines are built with, see `false` where you wrote the
    country code `no`, and ten where you wrote `012`. In quotes it is the same text everywhere.
    """
    yield from defects_of(
        document,
        "ambiguous-scalar",
        lambda defect: Repair(defect.hint, "safe", (Quote(defect.pointer, defect.on_key),)),
    )
