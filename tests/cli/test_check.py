from __future__ import annotations

import json

import pytest

from palms_spec.render.formats import FORMATS
from palms_spec.targets.plan import plan_for
from tests.checking import clean_row, clean_rows, written
from tests.cli.running import palms
from tests.projects import write_files

DAY = ("--today", "2026-11-25")
OPENAI = plan_for("openai")


def some_rows(path):
    """A file with a defect of several kinds."""
    rows = clean_rows(OPENAI)
    rows[1]["messages"][0]["role"] = "human"
    rows[4]["messages"][1]["content"] = ""
    rows[6]["messages"][1]["weight"] = 0.5
    return written(path, [*rows, b"", rows[0], {"messages": rows[2]["messages"][:1], "id": "\u202eevil\x1b[31m"}])


def check(cwd, *arguments, **environment):
    return palms(
        "check", "rows.jsonl", "--target", "openai", "--ignore", "DUP002", *DAY, *arguments, cwd=cwd, **environment
    )


@pytest.mark.parametrize("columns", ["80", "120"])
def test_what_a_user_sees(tmp_path, snapshot, columns):
    some_rows(tmp_path / "rows.jsonl")
    done = check(tmp_path, COLUMNS=columns)
    assert done.returncode == 1
    assert done.stdout == snapshot
    assert done.stderr == snapshot
    assert max(map(len, done.stdout.splitlines())) <= int(columns)


@pytest.mark.parametrize("advisable", [(), ("--advisable",)], ids=["necessary", "advisable"])
def test_what_a_user_sees_of_a_corrected_copy(tmp_path, snapshot, advisable):
    some_rows(tmp_path / "rows.jsonl")
    done = check(tmp_path, "--fix", *advisable, "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout == snapshot
    assert done.stderr == snapshot
    assert (tmp_path / "rows.fixes.jsonl").read_text("utf-8") == snapshot


def test_a_clean_file(tmp_path):
    written(tmp_path / "rows.jsonl", clean_rows(OPENAI))
    done = palms("check", "rows.jsonl", "--target", "together", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "All checks passed: 10 rows.\n", "")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_lint(tmp_path, form):
    some_rows(tmp_path / "rows.jsonl")
    done = check(tmp_path, "--output-format", f"{form}=report", "--output-format", "concise")
    assert done.returncode == 1
    report = (tmp_path / "report").read_text("utf-8")
    assert "unrecognized-role" in report
    assert "\x1b[31m" not in report


def test_places_in_json(tmp_path):
    some_rows(tmp_path / "rows.jsonl")
    report = json.loads(check(tmp_path, "--output-format", "json").stdout)
    assert report["summary"]["samples"] == 12
    (found,) = [one for one in report["findings"] if one["rule"] == "unrecognized-role"]
    assert (found["path"], found["pointer"], found["span"]["line"]) == ("rows.jsonl", "/messages/0/role", 2)
    assert found["span"]["column"] == (tmp_path / "rows.jsonl").read_text("utf-8").split("\n")[1].index('"human"') + 1


def test_counts_by_rule(tmp_path):
    some_rows(tmp_path / "rows.jsonl")
    done = check(tmp_path, "--statistics")
    assert done.returncode == 1
    assert "unrecognized-role" in done.stdout
    assert check(tmp_path, "--exit-zero").returncode == 0
    assert check(tmp_path, "--select", "TGT027", "--fail-on", "error").returncode == 0
    assert check(tmp_path, "--select", "blank-line").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rows.jsonl"], "error: check needs a target: --target NAME\nhint: did you mean `palms lint`?"),
        (["rows.jsonl", "--target", "togther"], "error: there is no target togther\nhint: did you mean together?"),
        (["no.jsonl", "--target", "trl"], "error: no such file: no.jsonl"),
        (["folder", "--target", "trl"], "error: folder is a folder\nhint: name one training file"),
        (["rows.jsonl", "--target", "vertex", "--method", "dpo"], "error: vertex has no method dpo here"),
        (["rows.jsonl", "--target", "vertex", "--shape", "alpaca"], "error: vertex takes no lines of the shape alpaca"),
        (["rows.jsonl", "--target", "trl", "--advisable"], "error: --advisable goes with --fix"),
        (["rows.jsonl", "--target", "trl", "--select", "TGT999"], "error: "),
        (["rows.jsonl", "--target", "trl", "--max-tokens", "0"], "error: "),
    ],
)
def test_what_cannot_be_served_is_said(tmp_path, arguments, says):
    write_files(tmp_path, {"rows.jsonl": "", "folder/x": ""})
    done = palms("check", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)


@pytest.mark.parametrize("target", ["openai", "trl"])
def test_an_empty_file_has_too_few_rows(tmp_path, target):
    (tmp_path / "rows.jsonl").write_bytes(b"")
    done = palms("check", "rows.jsonl", "--target", target, "--output-format", "concise", *DAY, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("rows.jsonl:1:1: error TGT003 too-few-examples 0 rows to train on")


def test_a_file_elsewhere_is_named_from_here(tmp_path):
    write_files(tmp_path, {"project/palms.toml": "", "project/data/x": "", "here/x": ""})
    some_rows(tmp_path / "project/data/rows.jsonl")
    done = palms(
        "check", "../project/data/rows.jsonl", "--target", "azure", "--output-format", "concise", cwd=tmp_path / "here"
    )
    assert "../project/data/rows.jsonl:2:" in done.stdout


def test_tokens_are_counted_for_the_model(tmp_path):
    row = clean_row(OPENAI, 1)
    row["messages"][1]["content"] = "word " * 17_000
    written(tmp_path / "rows.jsonl", [row, *(clean_row(OPENAI, number) for number in range(20, 30))])
    assert check(tmp_path, "--select", "too-many-tokens").returncode == 0
    small = check(tmp_path, "--select", "TGT006", "--model", "gpt-3.5-turbo-0125", "--output-format", "concise")
    assert (small.returncode, "openai reads 16,385: cut from the end, the answer keeps" in small.stdout) == (1, True)
    own = check(tmp_path, "--select", "answer-cut", "--max-tokens", "10", "--output-format", "concise")
    assert "nothing is left of the answer" in own.stdout
