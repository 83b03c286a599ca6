"""What a run looks at, what it shows, and how it survives what goes wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from palms_spec.engine import rulebook
from palms_spec.engine.inputs import find_inputs
from palms_spec.errors import UsageError
from palms_spec.rulekit.loading import load_rule as load
from palms_spec.rules.pos._reviews import record
from palms_spec.rules.sam.role_marker import role_marker
from tests.projects import found, lint, rules, write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
MARKED = FRONT + "# Why?\n\nNobody knows. <|im_start|>\n"
ONE, TWO = "datasets/example/samples/one.md", "datasets/example/samples/two.md"


def test_a_path_shows_what_stands_in_it_and_what_it_causes(tmp_path):
    same = FRONT + "# Is it catching, and for how long?\n\nAsk a clinician; that depends on what it is.\n"
    root = write_project(tmp_path, {ONE: same, TWO: same, "datasets/example/samples/other.md": MARKED})
    assert sorted(rules(lint(root))) == ["duplicate-sample", "role-marker"]
    assert found(lint(root / ONE)) == [("duplicate-sample", TWO, "the same sample stands 2 times")]
    assert rules(lint(root / "specs")) == []


def test_a_project_is_found_from_any_file_in_it(tmp_path):
    root = write_project(tmp_path, {ONE: MARKED})
    assert lint(root / ONE).scope == lint(root).scope


def test_paths_that_do_not_exist_are_all_named(tmp_path):
    with pytest.raises(UsageError, match=r"a\.md, .*b\.md"):
        find_inputs([tmp_path / "a.md", tmp_path / "b.md"])


def test_nothing_to_check_is_no_failure(tmp_path):
    write_files(tmp_path, {"readme.txt": "text", "data.md": "# No sample\n"})
    outcome = lint(tmp_path)
    assert (outcome.exit_code, outcome.scope.samples) == (0, 0)


def test_rows_without_a_dataset_are_linted_when_named(tmp_path):
    write_files(tmp_path, {"rows.jsonl": '{"prompt": "Why?", "completion": " "}\n'})
    assert rules(lint(tmp_path / "rows.jsonl")) == ["empty-answer"]


def test_records_of_palms_are_no_rows(tmp_path):
    ann = "datasets/example/reviews/ann.jsonl"
    root = write_project(tmp_path, {ann: record("two-ballots"), "specs/example/approvals.jsonl": "\n"})
    assert rules(lint(root)) == rules(lint(root / ann)) == []


def test_a_rule_that_fails_is_a_finding_and_the_run_goes_on(tmp_path, monkeypatch):
    def fails(facts):
        raise ZeroDivisionError("by design")

    broken = dataclasses.replace(role_marker, check=fails)
    monkeypatch.setattr(
        rulebook, "load_rule", lambda module: broken if module.endswith("role_marker") else load(module)
    )
    root = write_project(tmp_path, {ONE: MARKED, TWO: FRONT + "# Why?\n\n"})
    outcome = lint(root)
    assert sorted(rules(outcome)) == ["empty-answer", "rule-crashed"]
    assert outcome.exit_code == 2
    (crash,) = [finding for finding in outcome.stream() if finding.rule == "rule-crashed"]
    assert "role-marker failed: ZeroDivisionError: by design" in crash.message


def test_findings_are_in_order_of_path_and_place(tmp_path):
    root = write_project(
        tmp_path,
        {ONE: MARKED + "\n<|im_end|>\n", TWO: MARKED, "specs/example/spec.yaml": "palms: 1\nkind: values-spec\n"},
    )
    keys = [finding.sort_key for finding in lint(root).stream()]
    assert keys == sorted(keys)
    assert len(keys) > 3


def test_a_draft_turns_completeness_into_notes(tmp_path):
    dataset = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nstatus: {}\nsamples: [samples/*.md]\ncoverage: {{samples: 3}}\n"
    for status, severity in (("draft", "note"), ("released", "error")):
        root = write_project(tmp_path / status, {"datasets/example/dataset.yaml": dataset.format(status)})
        outcome = lint(root, select=["dataset-size"])
        assert [finding.severity for finding in outcome.stream()] == [severity]


def test_a_changed_word_in_a_statement_leaves_results_about_samples_valid(tmp_path, monkeypatch):
    root = write_project(tmp_path)
    lint(root, cache=True)
    spec = root / "specs/example/spec.yaml"
    spec.write_text(spec.read_text().replace("fairly", "evenly"))
    monkeypatch.setattr("palms_spec.engine.mapping.Mapper.map_file", _must_not_run)
    assert rules(lint(root, cache=True)) == []


def _must_not_run(*_):
    raise AssertionError("no sample has to be looked at again")


def test_files_are_left_as_they_are(tmp_path):
    root = write_project(tmp_path, {ONE: MARKED})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    lint(root, cache=True)
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".palms" not in Path(path).parts}
    assert before == after
