"""The baseline: what it accepts survives moved lines, and what is gone is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.engine.baseline import baseline_text, entries_of, read_baseline
from palms_spec.errors import ConfigurationError
from palms_spec.findings import BaselineEntry
from palms_spec.workflows.asked import Asked
from palms_spec.workflows.baseline import baseline_entries, prune_baseline, write_baseline
from tests.projects import found, lint, rules, write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = "datasets/example/samples/marked.md"
MARKED = FRONT + "# What does a transcript look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"
FILE = "palms-baseline.json"
NAMED = {"palms.toml": f"lint.baseline = '{FILE}'\n"}


@pytest.fixture
def project(tmp_path):
    """A project whose findings are accepted."""
    root = write_project(tmp_path, {SAMPLE: MARKED, **NAMED})
    write_baseline(Asked((root,)))
    return root


def test_what_is_accepted_is_not_shown_and_not_lost(project):
    outcome = lint(project)
    assert found(outcome, notes=True) == []
    assert outcome.tally.baselined == len(read_baseline(project / FILE)) > 1
    assert {why and why.by for _, why in outcome.all()} == {"baseline"}


def test_moved_lines_and_other_findings_make_no_difference(project):
    write_files(project, {SAMPLE: MARKED.replace("Each line", "In a script\n\neach line")})
    assert rules(lint(project)) == []
    write_files(project, {SAMPLE: MARKED.replace("[health.no-diagnosis]", "[health.none]")})
    assert rules(lint(project)) == ["unresolved-reference"]


def test_more_of_the_same_is_new(tmp_path):
    rows = "rows.jsonl"
    row = '{"id": "one", "prompt": "Why?", "completion": "Human: no"}\n'
    other = '{"id": "one", "prompt": "Why not?", "completion": "Human: no"}\n'
    asked = Asked((tmp_path / rows,), select=("role-marker",), baseline=tmp_path / FILE)
    write_files(tmp_path, {rows: row})
    write_baseline(asked)
    write_files(tmp_path, {rows: row + other})
    outcome = lint(tmp_path / rows, select=["role-marker"], baseline=tmp_path / FILE)
    assert [(one.place.span.line, why is None) for one, why in outcome.all()] == [(1, False), (2, True)]
    write_baseline(asked)
    assert [entry.count for entry in read_baseline(tmp_path / FILE)] == [2]


def test_what_is_gone_is_told(project):
    write_files(project, {SAMPLE: MARKED.replace("Human:", "Person:")})
    (stale,) = [one for one in lint(project).stream() if one.severity != "note"]
    assert (stale.rule, stale.path, stale.message) == (
        "stale-baseline",
        FILE,
        "no role-marker is left to accept in marked",
    )
    data, span = (project / FILE).read_bytes(), stale.place.span
    assert data[span.offset : span.end_offset].decode() == stale.excerpt
    assert data.splitlines()[span.line - 1].startswith(b"    {")
    assert rules(lint(project / SAMPLE)) == ["stale-baseline"], "the file brought it about"
    assert rules(lint(project / "specs")) == []


@pytest.mark.parametrize("options", [{"ignore": ["role-marker"]}, {"select": ["DOC", "SUP"]}])
def test_what_a_rule_that_is_off_would_find_is_not_gone(project, options):
    write_files(project, {SAMPLE: MARKED.replace("Human:", "Person:")})
    assert rules(lint(project, **options)) == []


def test_what_is_excluded_is_not_gone(project):
    write_files(project, {"palms.toml": NAMED["palms.toml"] + "exclude = ['datasets/example/samples/marked.md']\n"})
    assert rules(lint(project)) == []
    (project / SAMPLE).unlink()
    assert "stale-baseline" in rules(lint(project))


def test_a_rule_that_does_not_exist_any_more_is_gone(project):
    path = project / FILE
    path.write_text(path.read_text().replace("role-marker", "rule-marker"))
    assert rules(lint(project)) == [], "its fingerprint accepts the finding still"
    write_files(project, {SAMPLE: MARKED.replace("Human:", "Person:")})
    assert rules(lint(project)) == ["stale-baseline"]


def test_pruning_takes_out_what_is_gone_and_nothing_else(project):
    before = (project / FILE).read_text()
    asked = Asked((project,))
    assert prune_baseline(asked).findings == len(read_baseline(project / FILE))
    assert (project / FILE).read_text() == before
    write_files(project, {SAMPLE: MARKED.replace("Human:", "Person:")})
    written = prune_baseline(asked)
    assert written.before - written.findings == 1
    after = (project / FILE).read_text()
    assert set(after.splitlines()) < {line.rstrip(",") for line in before.splitlines()} | set(before.splitlines())
    assert rules(lint(project)) == []


def test_pruning_keeps_a_count_that_is_left(tmp_path):
    rows, row = "rows.jsonl", '{"id": "one", "prompt": "Why?", "completion": "Human: no"}\n'
    asked = Asked((tmp_path / rows,), select=("role-marker", "SUP"), baseline=tmp_path / FILE)
    write_files(tmp_path, {rows: row * 3})
    write_baseline(asked)
    write_files(tmp_path, {rows: row})
    options = {"select": ["role-marker", "SUP"], "baseline": tmp_path / FILE}
    messages = [message for _, _, message in found(lint(tmp_path / rows, **options))]
    assert messages == ["1 of 3 role-marker are left to accept in one"]
    assert [(one.entry.count, one.found) for one in baseline_entries(asked)] == [(3, 1)]
    prune_baseline(asked)
    assert [entry.count for entry in read_baseline(tmp_path / FILE)] == [1]


def test_writing_for_some_files_leaves_the_others(project):
    other = "datasets/example/samples/other.md"
    write_files(project, {SAMPLE: MARKED.replace("Human:", "Person:"), other: MARKED.replace("morning", "day")})
    write_baseline(Asked((project / other,)))
    entries = [entry.path for entry in read_baseline(project / FILE) if entry.rule == "role-marker"]
    assert entries == [SAMPLE, other]
    write_baseline(Asked((project,), ignore=("role-marker",)))
    assert [entry.path for entry in read_baseline(project / FILE) if entry.rule == "role-marker"] == entries
    write_baseline(Asked((project,)))
    assert [entry.path for entry in read_baseline(project / FILE) if entry.rule == "role-marker"] == [other]


def test_what_is_suppressed_needs_no_entry(tmp_path):
    comment = FRONT.replace("---\n", "---\n# palms: ignore[role-marker] known\n", 1)
    root = write_project(tmp_path, {SAMPLE: MARKED.replace(FRONT, comment), **NAMED})
    write_baseline(Asked((root,)))
    assert "role-marker" not in {entry.rule for entry in read_baseline(root / FILE)}


def test_findings_about_suppressions_are_in_no_baseline(tmp_path):
    comment = FRONT.replace("---\n", "---\n# palms: ignore[role-maker]\n", 1)
    root = write_project(tmp_path, {SAMPLE: MARKED.replace(FRONT, comment), **NAMED})
    write_baseline(Asked((root,)))
    assert not {entry.rule for entry in read_baseline(root / FILE)} & {"unknown-suppression"}
    assert set(rules(lint(root))) == {"unknown-suppression", "suppression-without-reason"}


def test_the_text_of_findings_is_not_repeated(tmp_path):
    text = MARKED.replace("good morning", "write to ann.smith@some-clinic.org")
    root = write_project(tmp_path, {SAMPLE: text, **NAMED})
    write_baseline(Asked((root,)))
    assert "email-address" in (root / FILE).read_text()
    assert "ann.smith" not in (root / FILE).read_text()


def test_the_baseline_itself_is_not_looked_at(project):
    outcome = lint(project)
    path = project / FILE
    path.write_text(path.read_text().replace('"version": 1,', '"version": 1, "kind": "values-spec",'))
    from palms_spec.workflows.lint import lint_paths

    again = lint_paths(Asked((project,)), cache=False).outcome
    assert rules(again) == []
    assert again.scope == outcome.scope


ENTRIES = st.lists(
    st.builds(
        BaselineEntry,
        st.sampled_from(["role-marker", "empty-answer"]),
        st.text(max_size=8),
        st.text(max_size=8),
        st.text(max_size=8),
        st.uuids().map(lambda one: one.hex),
        st.integers(1, 9),
    ),
    max_size=8,
)


@given(entries=ENTRIES)
def test_what_is_written_is_read(tmp_path_factory, entries):
    path = tmp_path_factory.mktemp("baseline") / FILE
    text = baseline_text(entries)
    path.write_text(text, "ascii")
    assert list(read_baseline(path)) == sorted(entries, key=lambda entry: entry.sort_key)
    assert baseline_text(reversed(entries)) == text, "the order makes no difference"
    assert len(text.splitlines()) == (len(entries) + 5 if entries else 4)
    json.loads(text)


def test_nothing_is_an_empty_baseline():
    assert baseline_text(entries_of([])) == '{\n  "version": 1,\n  "findings": []\n}\n'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read: no such file"),
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "expected a baseline of version 1, found none"),
        ('{"version": 2}', "found version 2"),
        ('{"version": 1}', "expected findings, each with rule, path"),
        ('{"version": 1, "findings": [{"rule": "x"}]}', "expected findings, each with rule, path"),
    ],
)
def test_what_is_no_baseline_is_an_error(tmp_path, content, problem):
    root = write_project(tmp_path, {**NAMED, FILE: content})
    with pytest.raises(ConfigurationError, match=problem):
        lint(root)
