"""Text that is written to be obeyed is shown, and nothing obeys it, whatever the format."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from palms_spec.engine.outcome import Outcome
from palms_spec.render.escaping import is_safe
from palms_spec.render.formats import FORMATS, renderer
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View
from tests.projects import lint
from tests.render.hostile import TEXTS, hostile_findings, write_hostile_project
from tests.render.pages import page_of
from tests.render.reports import outcome_of
from tests.render.runner import commands_in

SCHEMAS = Path(__file__).parent / "schemas"
OURS = {"p", "strong", "ul", "li", "code", "br", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.fixture(params=["a project", "findings by hand"])
def outcome(request, tmp_path, monkeypatch) -> Outcome:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    if request.param == "a project":
        return lint(write_hostile_project(tmp_path))
    texts = tuple((text, text) for text in TEXTS.values())
    return outcome_of(list(hostile_findings()), not_evaluated=texts)


def shown(outcome: Outcome, name: str, root: Path) -> str:
    stream = io.StringIO()
    renderer(name)(outcome, Output(stream, Terminal(obeyed=True)), View(root, None))
    return stream.getvalue()


def test_the_project_is_hostile_enough(tmp_path):
    outcome = lint(write_hostile_project(tmp_path))
    assert outcome.tally.total > 100
    quoted = "".join(f"{one.path} {one.message}" for one in outcome.stream())
    assert all(
        part in quoted for part in ["::error", "##[", "<script>", "@octocat", "](https", "\x1b[31m", "{0}", "]]>"]
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_line_holds_what_a_terminal_would_obey(outcome, name, tmp_path):
    for line in shown(outcome, name, tmp_path).split("\n"):
        assert is_safe(line.replace("\u200b", ""))


@pytest.mark.parametrize("name", FORMATS)
def test_a_runner_finds_no_command_in_its_log_but_annotations(outcome, name, tmp_path):
    commands = list(commands_in(shown(outcome, name, tmp_path)))
    assert all(each.name in ("error", "warning", "notice") for each in commands)
    assert bool(commands) is (name == "github")


def test_an_annotation_is_at_the_file_and_line_of_its_finding(outcome, tmp_path):
    places = {(one.place.span.line, f"{one.rule} ({one.code})") for one in outcome.stream()}
    for command in commands_in(shown(outcome, "github", tmp_path)):
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert (int(command.properties["line"]), command.properties["title"]) in places
        assert is_safe(command.properties["file"])
        assert all(map(is_safe, command.message.split("\n")))


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab"])
def test_json_is_printable_ascii(outcome, name, tmp_path):
    text = shown(outcome, name, tmp_path)
    assert all(line.isascii() and line.isprintable() for line in text.splitlines())
    for value in text.splitlines() if name == "jsonl" else [text]:
        json.loads(value)


def test_a_sarif_message_holds_no_link_and_no_placeholder(outcome, tmp_path):
    log = json.loads(shown(outcome, "sarif", tmp_path))
    jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))).validate(log)
    (run,) = log["runs"]
    messages = [result["message"]["text"] for result in run["results"]]
    messages += [each["message"]["text"] for result in run["results"] for each in result.get("relatedLocations", [])]
    messages += [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    for message in messages:
        assert is_safe(message)
        assert "](" not in message
        assert not re.search(r"(?<!\{)\{\d+\}(?!\})", message)


def test_a_gitlab_description_is_one_line(outcome, tmp_path):
    report = json.loads(shown(outcome, "gitlab", tmp_path))
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert all(is_safe(value["description"]) for value in report)


def test_xml_is_well_formed_and_means_the_same(outcome, tmp_path):
    import xmlschema

    text = shown(outcome, "junit", tmp_path)
    assert text.isascii()
    xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd")).validate(text)
    cases = ElementTree.fromstring(text).findall("testsuite/testcase")
    assert len(cases) == outcome.tally.total + len(outcome.not_evaluated)
    assert {tag.tag for case in cases for tag in case} <= {"failure", "error", "skipped", "system-out"}
    assert all(is_safe(value) for case in cases for value in case.attrib.values())


def test_markdown_has_no_tag_of_others_and_nothing_to_follow(outcome, tmp_path):
    page = page_of(shown(outcome, "markdown", tmp_path))
    assert page.tags <= OURS
    assert page.attributes <= {("open", None), ("open", ""), ("style", "text-align:right")}
    assert page.lures == []


def test_the_job_summary_is_as_harmless(outcome, tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    shown(outcome, "github", tmp_path)
    page = page_of(summary.read_text("utf-8"))
    assert page.tags <= OURS
    assert page.lures == []
