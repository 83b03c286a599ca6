"""What counts as the same, nearly the same, and the same opening, in rows."""

from __future__ import annotations

import json

import pytest

from tests.projects import found, lint, write_files

LONG = (
    "Nobody can tell from a description alone, so show it to a clinician today. Until then rest, drink plenty, keep away "
    "from others, and write down when it began and how it has changed since."
)


def messages(tmp_path, select, rows, **given):
    write_files(tmp_path, {"rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    outcome = lint(tmp_path / "rows.jsonl", select=(select,), **given)
    return [message for _, _, message in found(outcome, notes=True)]


def pair(question, answer):
    return {"prompt": question, "completion": answer}


@pytest.mark.parametrize("jobs", [1, 2])
def test_near_samples_are_one_group_around_the_first(tmp_path, jobs):
    rows = [pair("Is this rash measles?", LONG.replace("today", day)) for day in ("today", "tomorrow", "on Friday")]
    rows += [pair(f"Question {number}?", f"Answer number {number}.") for number in range(50)]
    (message,) = messages(tmp_path, "near-duplicate-sample", rows, jobs=jobs, shard_bytes=500)
    assert message == "3 samples: at least 82% of their phrases are the same"


def test_the_threshold_of_near_samples_is_a_setting(tmp_path):
    rows = [pair("Is this rash measles?", LONG.replace("today", day)) for day in ("today", "on Friday")]
    strict = ["lint.rules.near-duplicate-sample.threshold=0.95"]
    assert len(messages(tmp_path, "near-duplicate-sample", rows)) == 1
    assert messages(tmp_path, "near-duplicate-sample", rows, pairs=strict) == []


def test_pairs_to_one_prompt_that_reject_different_answers_are_no_copies(tmp_path):
    rows = [
        {"prompt": "Is this rash measles?", "chosen": LONG, "rejected": rejected} for rejected in ("Yes.", "No.", "No.")
    ]
    assert messages(tmp_path, "duplicate-sample", rows) == ["the same sample stands 2 times"]
    assert messages(tmp_path, "duplicate-prompt", rows) == []
    assert messages(tmp_path, "near-duplicate-sample", rows) == []


def test_a_prompt_counts_one_place_for_each_answer(tmp_path):
    rows = [pair("Is this rash measles?", answer) for answer in ("Ask a nurse.", "Ask a nurse.", "Ask a doctor.")]
    assert messages(tmp_path, "duplicate-prompt", rows) == ["the same prompt stands here with another answer"]


def test_rows_without_a_prompt_share_none(tmp_path):
    rows = [pair("", "One."), pair("", "Two."), {"text": "Three."}, {"text": "Four."}]
    assert messages(tmp_path, "duplicate-prompt", rows, pairs=["lint.rules.DUP003.minimum_words=0"]) == []


def test_openings_are_counted_over_the_whole_file(tmp_path):
    rows = [pair(f"Why {number}?", f"That is a great question, number {number}.") for number in range(6)]
    rows += [pair(f"How {number}?", f"In {number} steps, each of them small.") for number in range(94)]
    expected = ['6 of 100 answers open with "that is a great"']
    assert messages(tmp_path, "overused-opening", rows) == expected
    assert messages(tmp_path, "overused-opening", rows, jobs=2, shard_bytes=500, partitions=4) == expected
    assert messages(tmp_path, "overused-opening", rows + rows[6:] * 2) == []
