from __future__ import annotations

import json

import pytest

from tests.cli.running import palms
from tests.projects import write_files

CHAT = {"messages": [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}], "score": 1}
ODD = {"messages": [{"role": "narrator\x1b[2J", "content": "Once upon a time."}]}
BOTH = {**CHAT, "chosen": "a", "rejected": "b"}


def rows(*values: object) -> str:
    return "".join((value if isinstance(value, str) else json.dumps(value)) + "\n" for value in values)


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("more", [(), ("--all", "--most-files", "3")], ids=" ".join)
def test_what_import_says(tmp_path, snapshot, width, more):
    write_files(tmp_path, {"palms.toml": "", "train.jsonl": rows(*[CHAT] * 4, *[ODD] * 3, "{")})
    done = palms("import", "train.jsonl", *more, cwd=tmp_path, COLUMNS=width)
    assert (done.returncode, done.stderr) == (1, "")
    assert max(map(len, done.stdout.splitlines())) <= int(width)
    assert done.stdout == snapshot
    assert palms("lint", "datasets/train", "--select", "DOC", cwd=tmp_path).returncode == 0


def test_what_is_not_shown_is_counted(tmp_path, snapshot):
    odd = [{"messages": [{"role": f"narrator {at // 2}", "content": "Once upon a time."}]} for at in range(50)]
    write_files(tmp_path, {"train.jsonl": rows(CHAT, *odd)})
    assert palms("import", "train.jsonl", cwd=tmp_path).stdout == snapshot


def test_the_same_as_json(tmp_path, snapshot):
    write_files(tmp_path, {"train.jsonl": rows(CHAT, ODD)})
    done = palms("import", "train.jsonl", "--out", "here", "--output-format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout) == snapshot


def test_a_clean_import_ends_with_0_and_what_it_wrote_reads_well(tmp_path, snapshot):
    system = {"role": "system", "content": "Be brief."}
    write_files(tmp_path, {"train.jsonl": rows({**CHAT, "messages": [system, *CHAT["messages"]]})})  # type: ignore[misc]
    done = palms("import", "train.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "datasets/train"
    assert {path.name: path.read_text() for path in folder.rglob("*") if path.is_file()} == snapshot
    assert done.stdout == snapshot


def test_nothing_to_import(tmp_path, snapshot):
    write_files(tmp_path, {"train.jsonl": rows(ODD)})
    done = palms("import", "train.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, snapshot)
    assert not (tmp_path / "datasets/train").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("both.jsonl",),
        ("train.jsonl", "--format", "chatt"),
        ("train.jsonl", "--most-files", "-1"),
        ("train.jsonl", "--split", "train"),
        ("nowhere.jsonl",),
        ("there.jsonl",),
        (".",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_served_is_said(tmp_path, snapshot, words):
    files = {"train.jsonl": rows(CHAT), "test.jsonl": rows(CHAT), "both.jsonl": rows(BOTH), "there.jsonl": rows(CHAT)}
    write_files(tmp_path, {**files, "datasets/there/mine.md": "x"})
    done = palms("import", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == snapshot
