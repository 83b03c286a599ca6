from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.render.reports import finding, outcome_of, rendered

SCHEMA = json.loads((Path(__file__).parent / "schemas/gitlab-code-quality.json").read_text("utf-8"))
TEXT = "é Human: why?\nHuman: because\n"


def report_of(findings, root):
    report = json.loads(rendered(outcome_of(findings), root, "gitlab"))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return report


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_report_is_as_gitlab_documents_it(tmp_path, snapshot):
    findings = [finding("a.md", TEXT, "Human:"), finding("b.md", TEXT, "why", severity="note")]
    assert report_of(findings, tmp_path) == snapshot
    assert report_of([], tmp_path) == []


def test_findings_that_are_alike_have_fingerprints_of_their_own(tmp_path):
    one = finding("a.md", TEXT, "Human:")
    other = finding("a.md", TEXT[TEXT.index("\n") :], "Human:")
    elsewhere = finding("b.md", TEXT, "Human:")
    assert one.fingerprint == other.fingerprint == elsewhere.fingerprint
    prints = [value["fingerprint"] for value in report_of([one, other, elsewhere], tmp_path)]
    assert len(set(prints)) == 3


def test_a_fingerprint_survives_moved_lines(tmp_path):
    moved = report_of([finding("a.md", "\n\n" + TEXT, "Human:")], tmp_path)
    assert moved[0]["fingerprint"] == report_of([finding("a.md", TEXT, "Human:")], tmp_path)[0]["fingerprint"]


def test_paths_are_from_the_checkout(tmp_path, monkeypatch):
    root = tmp_path / "policies"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    assert report_of([finding("a.md", TEXT, "Human:")], root)[0]["location"]["path"] == "policies/a.md"


def test_what_could_not_be_evaluated_is_no_pass(tmp_path):
    outcome = outcome_of([], not_evaluated=(("very-good", "spaCy is not installed"),))
    (value,) = json.loads(rendered(outcome, tmp_path, "gitlab"))
    jsonschema.Draft202012Validator(SCHEMA).validate([value])
    assert value["description"] == "very-good: not evaluated: spaCy is not installed"
