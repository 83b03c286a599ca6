from __future__ import annotations

import json

import jsonschema

from palms_spec.render.report_schema import REPORT_SCHEMA
from tests.render.reports import finding, outcome_of, rendered

TEXT = "é Human: why?\n"


def test_every_line_is_a_finding_but_the_last_one_which_sums_up(tmp_path):
    many = [finding(f"{number}.md", TEXT, "Human:") for number in range(300)]
    outcome = outcome_of(many, not_evaluated=(("x", "y"),))
    lines = rendered(outcome, tmp_path, "jsonl", limit=200).splitlines()
    values = [json.loads(line) for line in lines]
    assert [value.pop("kind") for value in values] == ["finding"] * 300 + ["summary"]
    report = {**values.pop(), "findings": values}
    jsonschema.Draft202012Validator(REPORT_SCHEMA).validate(report)
    assert report == json.loads(rendered(outcome, tmp_path, "json"))


def test_a_clean_run_has_a_summary(tmp_path):
    (line,) = rendered(outcome_of([]), tmp_path, "jsonl").splitlines()
    assert json.loads(line)["summary"]["exit_code"] == 0
