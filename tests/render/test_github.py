from __future__ import annotations

import io

import pytest

from palms_spec.findings import Span
from palms_spec.render.github import SUMMARY_BYTES, command, render_github
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View
from tests.render.reports import finding, outcome_of

TEXT = "é Human: why?\n"


@pytest.fixture
def summary(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "summary.md"


def written(outcome, root, **environment: str) -> list[str]:
    stream = io.StringIO()
    render_github(outcome, Output(stream, Terminal(obeyed=True)), View(root), environment)
    return stream.getvalue().splitlines()


def many(severity, number):
    return [finding(f"{severity}-{at:03}.md", TEXT, "Human:", severity=severity) for at in range(number)]


def test_a_finding_is_a_command():
    line = command(finding("a,b/c:d.md", TEXT, "Human:", "50% of it, or more: too much"), lambda path: path)
    assert line == (
        "::error file=a%2Cb/c%3Ad.md,line=1,endLine=1,col=3,endColumn=9,title=role-marker (SAM004)"
        "::50%25 of it, or more: too much"
        "%0AA turn holds what is said, without the marks that a chat template puts around it."
        "%0Ahint: take the marks out, or split the text into turns\n"
    )


@pytest.mark.parametrize(
    ("span", "lines"),
    [
        pytest.param(Span(2, 1, 3, 5, 0, 9), "line=2,endLine=3,title", id="several lines have no columns"),
        pytest.param(Span(2, 1, 4, 1, 0, 9), "line=2,endLine=3,title", id="an end before the first column"),
        pytest.param(Span(2, 1, 2, 1, 0, 0), "line=2,endLine=2,col=1,endColumn=1,title", id="nothing at all"),
    ],
)
def test_the_lines_of_an_annotation(span, lines):
    one = finding("a.md", TEXT, "Human:")
    object.__setattr__(one.place, "span", span)
    assert f"file=a.md,{lines}" in command(one, lambda path: path)


def test_errors_come_first_and_no_more_of_a_level_than_are_shown(tmp_path, summary):
    findings = [*many("note", 3), *many("warning", 12), *many("error", 15)]
    lines = written(outcome_of(findings), tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert [line.split()[0] for line in lines[:-2]] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 3
    assert lines[-2:] == [
        "Annotated 23 of 30 findings; the job summary holds all.",
        "Found 15 errors, 12 warnings, 3 notes: 160 samples in 2 datasets, 4 documents.",
    ]
    assert summary.read_text("utf-8").count("role-marker") == 30 + 3, "each of them, and a row a severity"


def test_the_summary_is_added_to(tmp_path, summary):
    summary.write_text("# Before", "utf-8")
    written(outcome_of(many("error", 1)), tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text("utf-8").startswith("# Before\n\n**palms lint:** Found 1 error")


def test_a_summary_has_no_more_than_github_takes(tmp_path, summary):
    summary.write_text("x" * (SUMMARY_BYTES - 5_000), "utf-8")
    lines = written(outcome_of(many("error", 100)), tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.stat().st_size <= SUMMARY_BYTES
    assert lines[-2].startswith("Annotated 10 of 100 findings; the job summary holds ")
    assert lines[-2].endswith(", as many as GitHub takes.")


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (3, "Annotated 3 of 3 findings."),
        (12, "Annotated 10 of 12 findings; the others are shown by --output-format full --all."),
    ],
)
def test_without_a_summary_it_says_where_the_others_are(tmp_path, summary, number, line):
    assert written(outcome_of(many("error", number)), tmp_path)[-2] == line


def test_a_summary_that_cannot_be_written_is_said(tmp_path, summary):
    lines = written(outcome_of(many("error", 1)), tmp_path, GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "where.md"))
    assert lines[-2] == "Annotated 1 of 1 finding (the job summary cannot be written: no such file or directory)."


def test_a_clean_run_is_one_line(tmp_path, summary):
    assert written(outcome_of([]), tmp_path, GITHUB_STEP_SUMMARY=str(summary)) == [
        "All checks passed: 160 samples in 2 datasets, 4 documents."
    ]
    assert not summary.exists()


def test_paths_are_from_the_checkout(tmp_path, summary):
    root = tmp_path / "policies"
    lines = written(outcome_of(many("error", 1)), root, GITHUB_WORKSPACE=str(tmp_path))
    assert "file=policies/error-000.md," in lines[0]
