"""Coverage counts the rows of JSONL as it counts files, and points into rows."""

from __future__ import annotations

import json

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from tests.projects import found, lint, write_project

ROW = {"prompt": "Is this rash measles?", "completion": "That takes a clinician to say.", "category": "health"}
ROWS = "datasets/example/samples/rows.jsonl"


def _lint(tmp_path, rows, select, **files):
    text = "".join(json.dumps(row) + "\n" for row in rows)
    dataset = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, samples/rows.jsonl]")
    write_project(tmp_path, {DATASET_PATH: dataset, ROWS: text, **files})
    return lint(tmp_path, select=select)


def test_rows_count_toward_coverage(tmp_path):
    rows = [{**ROW, "prompt": f"Is rash {number} measles?"} for number in range(6)]
    outcome = _lint(tmp_path, rows, ("category-imbalance",))
    assert found(outcome, notes=True) == [
        (
            "category-imbalance",
            DATASET_PATH,
            "of 8 samples, health has 7 and not about 4 and political has 1 and not about 4",
        )
    ]


def test_a_row_without_a_trace_is_pointed_at(tmp_path):
    rows = [ROW, {**ROW, "origin": "weakness"}, {**ROW, "origin": "weakness", "weakness": {"note": "named an illness"}}]
    (finding,) = _lint(tmp_path, rows, ("untraced-weakness",)).stream()
    assert (finding.path, finding.place.span.line, finding.excerpt) == (ROWS, 2, '"weakness"')


def test_a_retired_position_is_pointed_at_in_its_row(tmp_path):
    rows = [{**ROW, "positions": ["health.no-diagnosis"]}]
    spec = SPEC.replace("qualified clinician.\n", "qualified clinician.\n        status: retired\n")
    findings = list(_lint(tmp_path, rows, ("retired-position-in-use",), **{SPEC_PATH: spec}).stream())
    assert [finding.path for finding in findings if finding.path == ROWS] == [ROWS]


def test_a_change_of_the_specification_shows_what_it_causes_in_the_dataset(tmp_path):
    write_project(tmp_path, {SPEC_PATH: SPEC + "  - id: work\n    name: Work\n"})
    assert found(lint(tmp_path / SPEC_PATH, select=("category-without-samples",)), notes=True) == [
        ("category-without-samples", DATASET_PATH, "work has no sample")
    ]
