from __future__ import annotations

import json

import pytest

from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.training.readers.source_files import source_files
from tests.projects import write_files
from tests.sources.tables import write_table

ROW = '{"text": "a"}\n'


def names(source, split=None):
    return [(file.name, file.split) for file in source_files(source, split)]


def saved(folder, files=("data-00000-of-00001.arrow",), **state):
    """What save_to_disk of datasets writes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        write_table(folder / name, [{"text": "a"}], "arrow-stream")
    write_files(
        folder,
        {
            "dataset_info.json": json.dumps({"features": {}}),
            "state.json": json.dumps({"_data_files": [{"filename": name} for name in files], **state}),
        },
    )


def test_a_file_is_itself(tmp_path):
    write_files(tmp_path, {"a.jsonl": ROW})
    assert names(tmp_path / "a.jsonl") == [("a.jsonl", "")]


def test_a_folder_has_its_files_of_rows_in_order(tmp_path):
    write_files(
        tmp_path,
        {
            "b.jsonl": ROW,
            "a.json": "[]",
            "sub/c.ndjson": ROW,
            ".hidden/d.jsonl": ROW,
            "README.md": "x",
            "dataset_infos.json": "{}",
            "empty.jsonl": "",
        },
    )
    assert names(tmp_path) == [("a.json", ""), ("b.jsonl", ""), ("sub/c.ndjson", "")]


@pytest.mark.parametrize(
    "files",
    [
        ("data/train-00000-of-00002.jsonl", "data/train-00001-of-00002.jsonl", "data/test-00000-of-00001.jsonl"),
        ("train.jsonl", "more-train.jsonl", "dev_test.v2.jsonl"),
        ("training/a.jsonl", "training/b.jsonl", "testing/a.jsonl"),
        ("chat.train.jsonl", "train.jsonl.gz", "test.jsonl"),
    ],
    ids=" ".join,
)
def test_splits_are_told_by_names_and_one_is_asked_for(tmp_path, files):
    write_files(tmp_path, dict.fromkeys(files, ROW))
    with pytest.raises(UsageError, match=r"holds several splits: (train, test|test, train)$") as raised:
        names(tmp_path)
    assert raised.value.hint.startswith("import one at a time")
    assert {split for _, split in names(tmp_path, "train")} == {"train"}
    assert len(names(tmp_path, "train")) == 2
    with pytest.raises(UsageError, match="has no split trian") as raised:
        names(tmp_path, "trian")
    assert raised.value.hint == "did you mean train?"


def test_one_split_needs_no_asking(tmp_path):
    write_files(tmp_path, {"validation-00000-of-00001.jsonl": ROW, "val.jsonl": ROW})
    assert {split for _, split in names(tmp_path)} == {"validation"}


def test_names_that_only_hold_such_a_word_are_no_splits(tmp_path):
    write_files(tmp_path, {"contest.jsonl": ROW, "retraining.jsonl": ROW})
    assert {split for _, split in names(tmp_path)} == {""}


def test_a_saved_dataset_has_the_files_that_it_says_it_has(tmp_path):
    saved(tmp_path / "set", ("data-00000-of-00002.arrow", "data-00001-of-00002.arrow"))
    write_table(tmp_path / "set/cache-123.arrow", [{"other": 1}], "arrow-stream")
    assert names(tmp_path / "set") == [("data-00000-of-00002.arrow", ""), ("data-00001-of-00002.arrow", "")]


def test_saved_splits_are_folders(tmp_path):
    write_files(tmp_path, {"dataset_dict.json": json.dumps({"splits": ["train", "held_out"]})})
    saved(tmp_path / "train")
    saved(tmp_path / "held_out")
    with pytest.raises(UsageError, match="several splits: train, held_out"):
        names(tmp_path)
    assert names(tmp_path, "held_out") == [("held_out/data-00000-of-00001.arrow", "held_out")]


@pytest.mark.parametrize("name", ["../data.arrow", "/etc/passwd", "..", "sub/data.arrow"])
def test_what_leads_out_of_a_saved_folder_is_not_followed(tmp_path, name):
    write_files(tmp_path, {"state.json": json.dumps({"_data_files": [{"filename": name}]})})
    with pytest.raises(UsageError, match="names a file elsewhere"):
        names(tmp_path)


def test_rows_that_were_only_selected_are_not_guessed_at(tmp_path):
    saved(tmp_path, _indices_data_files=[{"filename": "indices.arrow"}])
    with pytest.raises(UsageError, match="selection of its rows"):
        names(tmp_path)


def test_what_is_not_there_or_has_no_rows(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        names(tmp_path / "no")
    with pytest.raises(UsageError, match="holds no file of rows"):
        names(tmp_path)
    write_files(tmp_path, {"a.jsonl": ROW})
    with pytest.raises(UsageError, match="--split is for folders"):
        names(tmp_path / "a.jsonl", "train")
    write_files(tmp_path, {"b.parquet": b"\0\1\2"})
    with pytest.raises(UnreadableSource, match=r"^b\.parquet: is no file of rows"):
        names(tmp_path)
