from __future__ import annotations

import json

import pytest

from palms_spec.errors import UsageError
from palms_spec.training.local.kept_files import KeptFile, find_kept, keep
from palms_spec.workflows.compile import compile_dataset
from tests.training.datasets import pairs, write_dataset
from tests.training.local.local_jobs import training_file


@pytest.fixture
def compiled(tmp_path):
    write_dataset(tmp_path, pairs(12))

    def compile_for(target, **given):
        compile_dataset("small", tmp_path, targets=[target], out=tmp_path / "out", lint=False, **given)
        return tmp_path / "out" / target

    return compile_for


def kept(tmp_path, folder):
    told: list[int] = []
    return keep(tmp_path / "kept", training_file(folder / "train.jsonl"), told.append), told


def test_a_copy_outlives_what_it_was_made_from(tmp_path, compiled):
    folder = compiled("trl")
    data = (folder / "train.jsonl").read_bytes()
    found, told = kept(tmp_path, folder)
    write_dataset(tmp_path, pairs(13))
    compiled("trl")
    assert found.rows.read_bytes() == data
    assert told == [len(data)]
    assert found.manifest.dataset == "small"
    assert (found.sample_at(1), found.sample_at(12), found.sample_at(13)) == ("s0", "s11", "")


def test_the_same_bytes_are_kept_once(tmp_path, compiled):
    folder = compiled("trl")
    first, _ = kept(tmp_path, folder)
    second, told = kept(tmp_path, folder)
    assert (second, told) == (first, [])
    assert find_kept(tmp_path / "kept", training_file(folder / "train.jsonl")) == first
    assert find_kept(tmp_path / "nowhere", training_file(folder / "train.jsonl")) is None


def test_other_bytes_and_another_manifest_are_other_files(tmp_path, compiled):
    first, _ = kept(tmp_path, compiled("trl"))
    write_dataset(tmp_path, pairs(12), "license: CC-BY-4.0\n")
    second, _ = kept(tmp_path, compiled("trl"))
    assert first.rows.read_bytes() == second.rows.read_bytes()
    assert first.id != second.id
    assert first.id.startswith("train-")


@pytest.mark.parametrize(
    ("target", "given", "message", "hint"),
    [
        ("openai", {}, "was compiled for openai", "palms compile small --target trl"),
        ("trl", {"shape": "text"}, "holds rows of another kind (sft, text)", "--shape prompt-completion-chat"),
    ],
)
def test_files_of_another_kind_are_refused(tmp_path, compiled, target, given, message, hint):
    with pytest.raises(UsageError) as caught:
        kept(tmp_path, compiled(target, **given))
    assert caught.value.message.endswith(message)
    assert hint in caught.value.hint


def test_a_file_that_was_changed_is_refused(tmp_path, compiled):
    folder = compiled("trl")
    path = folder / "train.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Question 3", b"Question 4"))
    with pytest.raises(UsageError, match="its bytes are others than its manifest says"):
        kept(tmp_path, folder)
    assert not (tmp_path / "kept").exists()


def test_a_file_that_is_changed_while_it_is_read_is_refused(tmp_path, compiled):
    folder = compiled("trl")
    file = training_file(folder / "train.jsonl")
    file.path.write_bytes(file.path.read_bytes() + b"\n")
    with pytest.raises(UsageError, match="was changed while it was read"):
        keep(tmp_path / "kept", file, lambda sent: None)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_without_a_manifest_is_refused(tmp_path):
    (tmp_path / "train.jsonl").write_text(json.dumps({"prompt": "a", "completion": "b"}) + "\n")
    with pytest.raises(UsageError):
        kept(tmp_path, tmp_path)


def test_where_a_line_comes_from_may_be_unknown(tmp_path, compiled):
    found, _ = kept(tmp_path, compiled("trl"))
    (found.folder / "lines.jsonl").write_bytes(b"{")
    assert found.sample_at(1) == ""
    (found.folder / "lines.jsonl").unlink()
    assert KeptFile(found.folder).sample_at(1) == ""
