"""Real training files are imported whole, and compiled again they say what they said."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import Any

import pytest

from palms_spec.errors import UsageError
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.importing import import_data
from tests.projects import lint, write_files
from tests.realdata import FOLDER, needs_real_data
from tests.training.datasets import rows_of


def imported(root, name, **options):
    write_files(root, {"palms.toml": ""})
    done = import_data(FOLDER / name, root, out=root / "datasets/real", **options)
    assert [one.rule for one in lint(root / "datasets", select=("DOC",)).stream()] == []
    return done


def source_rows(name) -> list[Any]:
    data = (FOLDER / name).read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if name.endswith(".gz") else data).splitlines()]


def compiled(root, target, method="sft"):
    return compile_dataset("real", root, targets=[target], method=method, out=root / "out", lint=False)


def samples(root):
    return [standing.sample for standing in open_dataset("real", root).samples(whole=True)]


@needs_real_data
def test_the_dialogues_of_hh_rlhf_come_back_letter_by_letter(tmp_path):
    name = "hh-rlhf/test.jsonl.gz"
    done = imported(tmp_path, name)
    rows = source_rows(name)
    assert (done.samples, done.lost, done.as_files) == (len(rows), 0, False)
    speakers = {"user": "Human", "assistant": "Assistant"}

    def text(turns):
        return "".join(f"\n\n{speakers[turn.role]}: {turn.content}" for turn in turns)

    assert [{"chosen": text(one.turns), "rejected": text(one.rejected)} for one in samples(tmp_path)] == rows


def until_the_last_answer(dialogue: str) -> str:
    return dialogue.rpartition("\n\nAssistant:")[0]


@needs_real_data
def test_dialogues_that_part_before_the_last_answer_are_named_by_compile_and_the_others_compiled(tmp_path):
    name = "hh-rlhf/test.jsonl.gz"
    rows = source_rows(name)
    same = [row for row in rows if until_the_last_answer(row["chosen"]) == until_the_last_answer(row["rejected"])]
    imported(tmp_path / "all", name)
    (target,) = compiled(tmp_path / "all", "trl", "dpo").targets
    assert [(one.reason.rule, one.count) for one in target.refusals] == [("no-preference", len(rows) - len(same))]

    write_files(tmp_path / "same", {"palms.toml": "", "rows.jsonl": "".join(json.dumps(row) + "\n" for row in same)})
    import_data(tmp_path / "same/rows.jsonl", tmp_path, out=tmp_path / "same/datasets/real")
    compiled(tmp_path / "same", "trl", "dpo")
    speakers = {"user": "Human", "assistant": "Assistant"}

    def text(messages):
        return "".join(f"\n\n{speakers[one['role']]}: {one['content']}" for one in messages)

    assert [
        {side: text(row["prompt"] + row[side]) for side in ("chosen", "rejected")}
        for row in rows_of(tmp_path / "same/out/trl-dpo/train.jsonl")
    ] == same


@needs_real_data
@pytest.mark.parametrize("name", ["seed_tasks", "user_oriented_instructions"])
def test_the_tasks_of_self_instruct_keep_all_their_fields(tmp_path, name):
    done = imported(tmp_path, f"self-instruct/{name}.jsonl")
    rows = {row["id"]: row for row in source_rows(f"self-instruct/{name}.jsonl")}
    assert done.samples == sum(len(row["instances"]) for row in rows.values())
    for one in samples(tmp_path):
        metadata = dict(one.metadata or {})
        place = metadata.pop("imported")
        row = rows[metadata["id"]]
        assert metadata == {key: value for key, value in row.items() if key not in ("instruction", "instances")}
        instance = row["instances"][place.get("item", 1) - 1]
        given = instance["input"]
        assert one.turns[0].content == row["instruction"] + (f"\n{given}" if given else "")
        assert one.turns[1].content == instance["output"]


@needs_real_data
@pytest.mark.parametrize("name", ["davinci_predictions", "text-davinci-003_predictions"])
def test_predictions_can_be_read_in_two_ways_and_are_imported_in_the_one_that_is_named(tmp_path, name):
    path = f"self-instruct/{name}.jsonl"
    with pytest.raises(UsageError, match=r"as prompt-completion \(prompt, response\) or as alpaca"):
        imported(tmp_path, path)
    done = imported(tmp_path, path, form="prompt-completion", most_files=0)
    assert (done.lost, done.columns) == (0, Counter(instruction=252, input=252, target=252))
    rows = source_rows(path)
    assert [{"prompt": one.turns[0].content, "response": one.turns[1].content} for one in samples(tmp_path)] == [
        {key: row[key] for key in ("prompt", "response")} for row in rows
    ]


@needs_real_data
def test_the_toy_file_of_the_cookbook_comes_out_as_it_went_in(tmp_path):
    name = "openai-cookbook/toy_chat_fine_tuning.jsonl"
    imported(tmp_path, name)
    compiled(tmp_path, "together")
    written = rows_of(tmp_path / "out/together/train.jsonl")
    assert sorted(map(json.dumps, written)) == sorted(map(json.dumps, source_rows(name)))
