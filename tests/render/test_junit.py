from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from palms_spec.findings import START_OF_FILE, Finding, Place
from palms_spec.rulekit.crashed import RULE_CRASHED
from tests.render.reports import finding, outcome_of, rendered

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas/junit-10.xsd"))
TEXT = "é Human: why?\n"
CRASHED = Finding(
    RULE_CRASHED.name,
    RULE_CRASHED.code,
    "error",
    "high",
    Place("a.md", START_OF_FILE),
    RULE_CRASHED.expected,
    "x failed",
)


def suite_of(text: str) -> ElementTree.Element:
    SCHEMA.validate(text)
    suite = ElementTree.fromstring(text).find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert int(suite.attrib["tests"]) == len(cases)
    for name, tag in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
        assert int(suite.attrib[name]) == sum(case.find(tag) is not None for case in cases)
    return suite


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_report_is_as_the_schema_says(tmp_path, snapshot):
    findings = [finding("a.md", TEXT, "Human:"), finding("b.md", TEXT, "why", severity="note", hint=""), CRASHED]
    text = rendered(outcome_of(findings, not_evaluated=(("x", "no <y>"),)), tmp_path, "junit")
    suite_of(text)
    assert text == snapshot


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 2), ("note", 3)])
def test_a_finding_fails_where_the_run_does(tmp_path, fail_on, failures):
    findings = [finding("a.md", TEXT, "Human:", severity=severity) for severity in ("error", "warning", "note")]
    suite = suite_of(rendered(outcome_of(findings, fail_on=fail_on), tmp_path, "junit"))
    assert suite.attrib["failures"] == str(failures)


def test_a_clean_run_is_a_test_that_passed(tmp_path):
    suite = suite_of(rendered(outcome_of([]), tmp_path, "junit"))
    assert suite.attrib["tests"] == "1"
    assert suite.attrib["failures"] == "0"


def test_what_could_not_be_evaluated_did_not_pass(tmp_path):
    suite = suite_of(rendered(outcome_of([], not_evaluated=(("x", "y"),)), tmp_path, "junit"))
    assert suite.attrib["tests"] == suite.attrib["skipped"] == "1"


def test_a_report_is_ascii(tmp_path):
    text = rendered(outcome_of([finding("日本.md", TEXT, "é", "é 👍🏽")]), tmp_path, "junit")
    assert text.isascii()
    case = suite_of(text).find("testcase")
    assert case is not None
    assert case.attrib["classname"] == "日本.md"
    assert case.find("failure[@message='é 👍🏽']") is not None
