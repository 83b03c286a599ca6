from __future__ import annotations

import json
import shutil

import jsonschema
import pytest

from palms_spec.render.diff_github import render_diff_github
from palms_spec.render.diff_json import diff_value
from palms_spec.render.escaping import json_text
from palms_spec.render.sarif import render_sarif
from tests.render.differences import hostile, of_all_sorts, written
from tests.render.runner import commands_in

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
DAY = "2027-01-31"


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    return of_all_sorts(tmp_path_factory.mktemp("changes"))


@pytest.fixture(autouse=True)
def here(changes, monkeypatch):
    monkeypatch.chdir(changes.root)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def test_json(changes, snapshot):
    assert json.loads(json_text(diff_value(changes))) == snapshot


def test_json_holds_what_is_accepted_and_what_does_not_count(changes):
    value = diff_value(changes)
    approvals = {one["kind"]: one["approval"]["counts"] for one in value["changes"] if one["approval"]}
    assert approvals == {"position-reversed": True, "position-meaning-changed": False}
    assert {one["rule"]: one["accepted"]["by"] for one in value["findings"] if one["accepted"]} == {
        "position-reversed": "approval"
    }


def test_github(changes, tmp_path, snapshot):
    summary = tmp_path / "summary.md"
    environment = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(changes.root)}
    assert written(render_diff_github, changes, environment=environment, today=DAY) == snapshot
    assert summary.read_text("utf-8").startswith("**palms diff:** 9 changes")


def test_what_is_accepted_is_a_notice_that_says_so(changes):
    notices = [
        one
        for one in commands_in(written(render_diff_github, changes, environment={}, today=DAY))
        if one.name == "notice"
    ]
    accepted = [one for one in notices if one.properties["title"].endswith(", accepted")]
    assert [(one.properties["title"], one.message.split("\n")[-1]) for one in accepted] == [
        ("position-reversed (CHG001), accepted", "accepted: it is meant (Ann Lee <ann@example.org>)")
    ]


def test_a_summary_that_cannot_be_written_is_said(changes, tmp_path):
    text = written(render_diff_github, changes, environment={"GITHUB_STEP_SUMMARY": str(tmp_path)}, today=DAY)
    assert text.endswith("The job summary cannot be written: is a directory.\n")


def test_hostile_text_is_no_command(tmp_path):
    found = hostile(tmp_path)
    text = written(render_diff_github, found, environment={"GITHUB_WORKSPACE": str(found.root)}, today=DAY)
    assert {one.name for one in commands_in(text)} <= {"error", "warning", "notice"}
    assert {one.properties["file"].split("/")[0] for one in commands_in(text)} == {"specs", "datasets"}


def sarif(found):
    """The log, which has to fit the schema."""
    from palms_spec.rulekit.staleness import CHECKOUT

    log = json.loads(written(lambda one, out, view: render_sarif(one.outcome, out, view), found))
    (schema,) = (CHECKOUT / "tests/render/schemas").glob("sarif*.json")
    jsonschema.validate(log, json.loads(schema.read_text("utf-8")))
    return log["runs"][0]


def test_sarif_marks_what_is_accepted(changes):
    results = sarif(changes)["results"]
    marked = {one["ruleId"]: one["suppressions"] for one in results}
    assert marked["CHG001"] == [
        {
            "kind": "external",
            "justification": "it is meant (Ann Lee <ann@example.org>)",
            "properties": {"by": "approval"},
        }
    ]
    assert marked["CHG002"] == []


def test_sarif_points_at_both_versions(changes):
    (one,) = [one for one in sarif(changes)["results"] if one["ruleId"] == "CHG001"]
    assert one["relatedLocations"][0]["message"]["text"] == "in main"
    assert one["locations"][0]["physicalLocation"]["region"]["startLine"] == 17


def test_hostile_sarif(tmp_path):
    assert len(sarif(hostile(tmp_path))["results"]) > 20
