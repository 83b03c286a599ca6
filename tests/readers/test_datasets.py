"""Hugging Face's `datasets` reads what palms writes, and palms what it writes."""

from __future__ import annotations

import json

import pytest

from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.importing import import_data
from tests.projects import write_files

pytestmark = pytest.mark.readers


def loaded(path, tmp_path, **options):
    import datasets

    return datasets.load_dataset(
        "json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"), **options
    )


@pytest.mark.parametrize("files", ["shipped", "odd", "with_tools"])
def test_every_compiled_file_is_loaded_as_it_was_written(files, request, tmp_path):
    compiled = request.getfixturevalue(files)
    assert compiled
    for one in compiled:
        assert loaded(one.path, tmp_path).to_list() == one.rows, one
        assert list(loaded(one.path, tmp_path, streaming=True)) == one.rows, one


def test_the_files_are_those_of_all_targets_whose_minimum_is_met(shipped):
    from palms_spec.targets.registry import TARGETS

    assert {one.target for one in shipped} == set(TARGETS) - {"bedrock-llama"}


MESSAGES = [
    {"role": "user", "content": "Why?", "name": None},
    {"role": "assistant", "content": "So.", "name": "n"},
]
ROWS = [{"messages": MESSAGES, "score": at / 2, "tags": ["a", None], "note": None} for at in range(20)]


def imported(root, source, **options):
    write_files(root, {"palms.toml": ""})
    done = import_data(source, root, out=root / "datasets/back", **options)
    assert done.lost == 0
    return [standing.sample for standing in open_dataset("back", root).samples(whole=True)]


def said(samples):
    return [[(turn.role, turn.content, turn.extra) for turn in one.turns] for one in samples]


WANTED = [[("user", "Why?", None), ("assistant", "So.", {"name": "n"})]]


@pytest.mark.parametrize("how", ["save_to_disk", "shards", "to_parquet", "to_json", "cache"])
def test_what_it_saves_is_imported(how, tmp_path):
    import datasets

    rows, source = datasets.Dataset.from_list(ROWS), tmp_path / "saved"
    if how == "save_to_disk":
        rows.save_to_disk(str(source))
    elif how == "shards":
        # A selection and an order of rows, written as several files.
        datasets.Dataset.from_list(ROWS * 2).shuffle(seed=1).select(range(20)).save_to_disk(str(source), num_shards=3)
    elif how == "to_parquet":
        rows.to_parquet(str(source))
    elif how == "to_json":
        rows.to_json(str(source))
    else:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
        source = loaded(path, tmp_path).cache_files[0]["filename"]
    from pathlib import Path

    samples = imported(tmp_path, Path(source))
    assert said(samples) == WANTED * 20
    metadata = [{name: value for name, value in (one.metadata or {}).items() if name != "imported"} for one in samples]
    assert all(set(one) == {"score", "tags", "note"} for one in metadata)
    assert sorted(one["score"] for one in metadata)[0] == 0


def test_one_of_its_splits_is_imported(tmp_path):
    import datasets

    both = datasets.DatasetDict(
        train=datasets.Dataset.from_list(ROWS[:3]), held_out=datasets.Dataset.from_list(ROWS[3:])
    )
    both.save_to_disk(str(tmp_path / "both"))
    assert said(imported(tmp_path, tmp_path / "both", split="train")) == WANTED * 3


def test_days_bytes_and_classes_are_imported_as_text_and_numbers(tmp_path):
    import datetime

    import datasets

    rows = datasets.Dataset.from_dict(
        {
            "prompt": ["a"],
            "completion": ["b"],
            "day": [datetime.date(2021, 6, 10)],
            "label": [1],
            "matrix": [[[1, 2], [3, 4]]],
            "bytes": [b"\xff"],
        },
        features=datasets.Features(
            {
                "prompt": datasets.Value("string"),
                "completion": datasets.Value("large_string"),
                "day": datasets.Value("date32"),
                "label": datasets.ClassLabel(names=["bad", "good"]),
                "matrix": datasets.Array2D(shape=(2, 2), dtype="int32"),
                "bytes": datasets.Value("binary"),
            }
        ),
    )
    rows.save_to_disk(str(tmp_path / "saved"))
    (sample,) = imported(tmp_path, tmp_path / "saved")
    metadata = dict(sample.metadata or {})
    metadata.pop("imported")
    assert metadata == {"day": "2021-06-10", "label": 1, "matrix": [[1, 2], [3, 4]], "bytes": "/w=="}
