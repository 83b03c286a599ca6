from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import START_OF_FILE, Acceptance, Edit, Finding, Fix, Place, Related
from palms_spec.rulekit.crashed import RULE_CRASHED
from tests.projects import lint, write_project
from tests.render.reports import SCOPE, finding, outcome_of, place_of, rendered

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_text("utf-8"))
TEXT = "é Human: why?\nand more\n"
CRASHED = Finding(
    RULE_CRASHED.name,
    RULE_CRASHED.code,
    "error",
    "high",
    Place("a.md", START_OF_FILE),
    RULE_CRASHED.expected,
    "x failed",
)


def run_of(outcome: Outcome, root: Path):
    log = json.loads(rendered(outcome, root, "sarif"))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return run


def test_a_log_is_all_that_is_known(tmp_path, snapshot):
    one = finding("deep/a b.md", TEXT, "Human:", related=[Related(place_of("b.md", TEXT, "why"), "as here")])
    stranger = replace(finding("b.md", TEXT, "why", severity="note"), rule="of-a-plug-in", code="XYZ001")
    run = run_of(outcome_of([one, stranger], not_evaluated=(("wrong-language", "y"), ("gone", "z"))), tmp_path)
    assert run.pop("originalUriBaseIds")["%SRCROOT%"]["uri"] == tmp_path.as_uri() + "/"
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"].pop("text")
        assert rule["help"].pop("markdown")
    del run["tool"]["driver"]["version"]
    assert run == snapshot


def test_a_rule_has_its_page(tmp_path):
    (rule,) = run_of(outcome_of([finding("a.md", TEXT, "Human:")]), tmp_path)["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("SAM004", "role-marker")
    assert "## Why it matters" in rule["help"]["markdown"]
    assert "helpUri" not in rule


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("👩\u200d👧 日本 Human: x\n", "Human:", id="columns are code points"),
        pytest.param("a\nb Hum\nan: x\n", "Hum\nan:", id="more than one line"),
        pytest.param("a\n\n", "\n", id="to the start of the next line"),
        pytest.param("\ufeffé Human:\n", "Human:", id="a byte order mark counts as bytes only"),
    ],
)
def test_a_region_says_the_same_in_characters_and_in_bytes(tmp_path, text, part):
    (result,) = run_of(outcome_of([finding("a.md", text, part)]), tmp_path)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    data = text.encode()
    assert data[region["byteOffset"] :][: region["byteLength"]].decode() == part
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
    end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
    assert "".join(lines)[start:end] == part


def test_offsets_into_a_packed_file_are_left_out(tmp_path):
    (result,) = run_of(outcome_of([finding("a.jsonl.gz", TEXT, "Human:")]), tmp_path)["results"]
    assert "byteOffset" not in result["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize("path", ["a b.md", "日本/é.md", "a:b.md", "100%#?.md", "bad\udcff.md", "line\nend.md"])
def test_a_path_is_a_uri(tmp_path, path):
    (result,) = run_of(outcome_of([finding(path, TEXT, "Human:")]), tmp_path)["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"].isascii()
    assert not set(location["uri"]) & set(" :?#\n")
    assert unquote(location["uri"], errors="surrogateescape") == path


def test_what_is_accepted_is_marked_and_not_dropped(tmp_path):
    judged = [
        (finding("a.md", TEXT, "Human:"), Acceptance("source", "quoted on purpose", "2027-01-31")),
        (finding("b.md", TEXT, "Human:"), Acceptance("configuration", "")),
        (finding("c.md", TEXT, "Human:"), Acceptance("baseline")),
        (finding("d.md", TEXT, "Human:"), None),
    ]
    outcome = Outcome(lambda: (one for one, why in judged if why is None), SCOPE, judged=lambda: iter(judged))
    results = run_of(outcome, tmp_path)["results"]
    assert [[each["kind"] for each in result["suppressions"]] for result in results] == [
        ["inSource"],
        ["external"],
        ["external"],
        [],
    ]
    first = results[0]["suppressions"][0]
    assert first["justification"] == "quoted on purpose"
    assert first["properties"] == {"by": "source", "until": "2027-01-31"}


def test_nothing_is_said_of_suppressions_where_there_are_none(tmp_path):
    (result,) = run_of(outcome_of([finding("a.md", TEXT, "Human:")]), tmp_path)["results"]
    assert "suppressions" not in result


def test_a_fix_is_a_replacement_of_what_it_points_at_or_of_bytes(tmp_path):
    one = finding("a.md", TEXT, "Human:")
    span = one.place.span
    fix = Fix("take it out", "unsafe", (Edit(span.offset, span.end_offset, "é"), Edit(20, 21, "é")))
    (result,) = run_of(outcome_of([replace(one, fix=fix)]), tmp_path)["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    first, second = change["replacements"]
    assert first["deletedRegion"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 9}
    assert first["insertedContent"] == {"text": "é"}
    assert second["deletedRegion"] == {"byteOffset": 20, "byteLength": 1}
    assert base64.b64decode(second["insertedContent"]["binary"]).decode() == "é"


def test_a_fix_without_edits_is_left_to_a_person(tmp_path):
    one = replace(finding("a.md", TEXT, "Human:"), fix=Fix("think", "shown"))
    assert "fixes" not in run_of(outcome_of([one]), tmp_path)["results"][0]


@pytest.mark.parametrize(
    ("outcome", "code", "successful", "notifications"),
    [
        pytest.param(outcome_of([]), 0, True, [], id="clean"),
        pytest.param(outcome_of([finding("a.md", TEXT, "Human:")]), 1, True, [], id="findings are a success"),
        pytest.param(outcome_of([CRASHED]), 2, False, ["incomplete"], id="a rule failed"),
        pytest.param(outcome_of([], not_evaluated=(("x", "y"),)), 0, True, ["not-evaluated"], id="not evaluated"),
    ],
)
def test_the_invocation(tmp_path, outcome, code, successful, notifications):
    run = run_of(outcome, tmp_path)
    (invocation,) = run["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (code, successful)
    assert [each["descriptor"]["id"] for each in invocation["toolExecutionNotifications"]] == notifications
    assert run["results"] == [] or code


def test_a_project_that_is_linted(tmp_path):
    write_project(
        tmp_path, {"datasets/example/samples/a.md": "---\ncategory: nowhere\nextra: 1\n---\n# Why?\n\nHuman: no\n"}
    )
    assert len(run_of(lint(tmp_path), tmp_path)["results"]) > 2
