from __future__ import annotations

import pytest

from palms_spec.findings import Finding
from tests.render.reports import finding, outcome_of, rendered

TEXT = "é Human: why?\n" * 20


def several() -> list[Finding]:
    words = "31 words in question and answer together, at least 40 are asked for by the dataset's length"
    return [
        finding("a.md", TEXT, "Human:"),
        finding("a.md", TEXT, "why", words, severity="warning"),
        finding("deep/down/b.md", TEXT, TEXT[100:], severity="note"),
    ]


@pytest.mark.parametrize("width", [80, 120])
def test_findings_stand_below_the_name_of_their_file(tmp_path, monkeypatch, snapshot, width):
    monkeypatch.chdir(tmp_path)
    assert rendered(outcome_of(several()), tmp_path, "grouped", width=width) == snapshot


def test_no_line_is_wider_than_the_terminal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = rendered(outcome_of(several()), tmp_path, "grouped", width=60, closing=False).splitlines()
    assert max(map(len, lines)) <= 60


def test_only_findings_when_it_is_to_be_quiet(tmp_path):
    assert rendered(outcome_of([]), tmp_path, "grouped", closing=False) == ""
    assert "Found" not in rendered(outcome_of(several()), tmp_path, "grouped", closing=False)


def test_what_is_not_shown_is_counted(tmp_path):
    many = [finding(f"{number:03}.md", TEXT, "Human:") for number in range(612)]
    assert "\n… and 412 more, shown with --all\n" in rendered(outcome_of(many), tmp_path, "grouped")
