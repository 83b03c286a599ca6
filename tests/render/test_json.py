from __future__ import annotations

import json

import jsonschema

from palms_spec.findings import Related
from palms_spec.render.report_schema import REPORT_SCHEMA
from tests.render.reports import finding, outcome_of, place_of, rendered

TEXT = "é Human: why?\n"


def test_a_report_is_all_that_is_known_of_a_finding(tmp_path, snapshot):
    one = finding("a.md", TEXT, "Human:", related=[Related(place_of("b.md", TEXT, "why"), "as here")])
    assert rendered(outcome_of([one], not_evaluated=(("x", "y"),)), tmp_path, "json") == snapshot


def test_a_report_is_as_its_schema_says(tmp_path):
    findings = [finding(f"{number}.md", TEXT, "Human:", severity="note") for number in range(3)]
    for outcome in (outcome_of([]), outcome_of(findings, not_evaluated=(("x", "y"),))):
        report = json.loads(rendered(outcome, tmp_path, "json"))
        jsonschema.Draft202012Validator(REPORT_SCHEMA).validate(report)
        assert len(report["findings"]) == report["summary"]["notes"]
        assert set(report) == {*REPORT_SCHEMA["required"], "findings"}


def test_a_report_is_never_cut(tmp_path):
    findings = [finding(f"{number}.md", TEXT, "Human:") for number in range(500)]
    report = json.loads(rendered(outcome_of(findings), tmp_path, "json", limit=200))
    assert len(report["findings"]) == 500
    assert report["omitted"] == 0


def test_findings_are_written_as_they_come(tmp_path):
    written: list[int] = []

    class Counting(list):
        def __iter__(self):
            for number in range(3):
                written.append(number)
                yield finding(f"{number}.md", TEXT, "Human:")

    outcome = outcome_of([])
    outcome.stream = lambda: iter(Counting())
    text = rendered(outcome, tmp_path, "json")
    assert written == [0, 1, 2] * 2, "once to count, once to write"
    assert len(text.splitlines()) == 5, "a line a finding, and the frame around them"
