from __future__ import annotations

import json
import re
import shutil

import pytest

from palms_spec.render.diff_markdown import render_diff_markdown
from palms_spec.render.markdown import COMMENT_BYTES
from tests.render.differences import hostile, of_all_sorts, of_many, written
from tests.render.pages import page_of
from tests.scratch import new_scratch

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
DAY = "2027-01-31"
TAGS = {
    "p",
    "strong",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "br",
    "ul",
    "li",
}
TAGS |= {"blockquote", "s", "h2"}


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    return of_all_sorts(tmp_path_factory.mktemp("changes"))


@pytest.fixture(autouse=True)
def here(changes, monkeypatch):
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITLAB_CI", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(changes.root)


@pytest.mark.parametrize("shown", ["full", "changelog", "breaking"])
def test_a_comparison(changes, shown, snapshot):
    assert written(render_diff_markdown, changes, shown=shown, today=DAY) == snapshot


def test_the_verdict_comes_first_in_two_lines(changes):
    first, second, third = written(render_diff_markdown, changes, today=DAY).split("\n")[:3]
    assert first.startswith("**palms diff:** 9 changes since `main`: ")
    assert second.startswith(
        "To do: make `example` **2.0.0**, for the changes ask for a major step; have an owner approve"
    )
    assert third == ""


def test_links_lead_to_the_lines_and_to_where_approvals_are_written(changes, monkeypatch, tmp_path):
    event = tmp_path / "event.json"
    head = {"ref": "team/change", "sha": "f" * 40, "repo": {"full_name": "eve/values"}}
    event.write_text(json.dumps({"pull_request": {"head": head}}))
    for name, value in {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "acme/values",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_WORKSPACE": str(changes.root.parent),
    }.items():
        monkeypatch.setenv(name, value)
    links = {
        value for name, value in page_of(written(render_diff_markdown, changes, today=DAY)).attributes if name == "href"
    }
    folder = f"https://github.example/eve/values/blob/{'f' * 40}/{changes.root.name}"
    assert f"{folder}/specs/example/spec.yaml#L20" in links
    assert (
        f"https://github.example/eve/values/edit/team/change/{changes.root.name}/specs/example/approvals.jsonl" in links
    )


def test_a_ready_line_wants_a_reason_and_a_name(changes):
    lines = re.findall(r'(?m)^\{"fingerprint".*$', written(render_diff_markdown, changes, today=DAY))
    assert len(lines) == 5
    for line in map(json.loads, lines):
        assert (line["reason"], line["by"], line["at"]) == ("", "", "2027-01-31T00:00:00Z")


def test_nothing_changed(tmp_path):
    found = new_scratch(tmp_path).diff()
    text = "**palms diff:** nothing changed in meaning or wording since `main`.\n"
    assert written(render_diff_markdown, found, today=DAY) == text


def test_a_comment_is_no_longer_than_github_takes_and_says_what_is_left_out(tmp_path):
    found = of_many(tmp_path, 2_000)
    text = written(render_diff_markdown, found, today=DAY)
    assert len(text.encode()) <= COMMENT_BYTES
    assert "… and 1,902 more changes, shown by `palms diff --all`" in text
    assert "| sample-dropped |" in text, "what fails is not crowded out"
    page_of(text)
    assert written(render_diff_markdown, found, limit=None, today=DAY).count("| sample-added |") == 2_000


def test_hostile_text_is_shown_and_parsed_by_nobody(tmp_path):
    for limit in (200, None):
        page = page_of(written(render_diff_markdown, hostile(tmp_path / str(limit)), limit=limit, today=DAY))
        assert page.tags <= TAGS
        assert page.lures == []
        assert [pair for pair in page.attributes if pair[0] not in ("class", "align", "style")] == []
    page = page_of(written(render_diff_markdown, hostile(tmp_path / "log"), shown="changelog", today=DAY))
    assert (page.tags <= TAGS, page.lures) == (True, [])
