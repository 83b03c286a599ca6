"""Real training files are read to their end, and what is known of them is found."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.projects import lint
from tests.real_counts import RECORDED, counted
from tests.realdata import FOLDER, needs_real_data


@needs_real_data
def test_the_empty_answers_of_hh_rlhf_are_found():
    facts = json.loads((FOLDER / "hh-rlhf/expected_lint_facts.json").read_text())
    outcome = lint(FOLDER / "hh-rlhf/test.jsonl.gz")
    counts = Counter(finding.rule for finding in outcome.stream())
    assert outcome.scope.samples == facts["n"]
    assert counts["empty-answer"] == facts["empty_final_assistant_chosen"]
    assert counts["duplicate-sample"] == facts["duplicate_chosen_rows"]
    assert not counts["rule-crashed"]
    assert not {rule for rule in counts if rule in ("schema-violation", "syntax-error", "unreadable-document")}


@needs_real_data
@pytest.mark.parametrize(
    ("name", "rows", "empty"),
    [
        ("seed_tasks.jsonl", 175, 0),
        ("user_oriented_instructions.jsonl", 252, None),
        ("davinci_predictions.jsonl", 252, None),
        ("text-davinci-003_predictions.jsonl", 252, None),
    ],
)
def test_the_files_of_self_instruct_are_read(name, rows, empty):
    outcome = lint(FOLDER / "self-instruct" / name)
    counts = Counter(finding.rule for finding in outcome.stream())
    assert outcome.scope.samples >= rows
    assert not {"rule-crashed", "schema-violation", "syntax-error", "unreadable-document"} & set(counts)
    if empty is not None:
        assert counts["empty-answer"] == empty


@needs_real_data
def test_the_toy_file_of_the_cookbook_is_read():
    outcome = lint(FOLDER / "openai-cookbook/toy_chat_fine_tuning.jsonl")
    assert outcome.scope.samples > 0
    assert "rule-crashed" not in {finding.rule for finding in outcome.stream()}


@needs_real_data
def test_every_rule_finds_as_much_as_is_recorded():
    """After a rule was made to find more or less: `python -m tests.real_counts`, and read what the difference is."""
    assert counted() == json.loads(RECORDED.read_text("utf-8"))
