"""Checking a file as a user asks for it, and the corrected copy."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.errors import UsageError
from palms_spec.findings import Edit
from palms_spec.targets.plan import plan_for
from palms_spec.targets.registry import TARGETS
from palms_spec.workflows.asked import Asked
from palms_spec.workflows.check import check_file
from palms_spec.workflows.compile import compile_dataset
from tests.checking import clean_row, clean_rows, written
from tests.projects import write_files
from tests.training.datasets import pairs, rows_of, write_dataset

ROOT = Path(__file__).parents[2]
MISTRAL = plan_for("mistral")
ASKED = Asked(ignore=("near-duplicate-sample",))


def faulty(number: int, **changes: Any) -> dict[str, Any]:
    row = clean_row(MISTRAL, number)
    row["messages"][0] |= changes
    return row


def changes_in(path: Path) -> list[dict[str, Any]]:
    *changes, summary = rows_of(path)
    assert summary["palms_fixes"] == 1
    return changes


FAULTY: list[Any] = [
    *clean_rows(MISTRAL, 10),
    b"",
    faulty(20, role="Human"),
    faulty(21, mood="calm", hour=3),
    faulty(22, content=[{"type": "text", "text": "Is it so?"}]),
    clean_row(MISTRAL, 3),
    {"messages": [*clean_row(MISTRAL, 23)["messages"], {"role": "user", "content": "Thank you."}, {"role": "user", "content": "Bye."}]},
    b'{"messages": [{"role": "user", "content": "Well \\ud83d?"}, {"role": "assistant", "content": "It is so."}]}',
]  # fmt: skip


def test_necessary_changes_are_made_and_advisable_ones_listed(tmp_path):
    path = written(tmp_path / "rows.jsonl", FAULTY)
    before = path.read_bytes()
    done = check_file(path, MISTRAL, ASKED, fixes="necessary")
    assert path.read_bytes() == before
    assert [one.rule for one in done.outcome.stream()] == ["blank-line", "duplicate-sample"]
    assert [
        (one["line"], one["rule"], one["change"], one["made"]) for one in changes_in(tmp_path / "rows.fixes.jsonl")
    ] == [
        (11, "blank-line", "advisable", False),
        (12, "unrecognized-role", "necessary", True),
        (13, "unrecognized-key", "necessary", True),
        (13, "unrecognized-key", "necessary", True),
        (14, "missing-content", "necessary", True),
        (15, "duplicate-sample", "advisable", False),
        (16, "answer-not-last", "necessary", True),
        (17, "lone-surrogate", "necessary", True),
    ]
    lines, copied = (file.read_bytes().split(b"\n") for file in (path, tmp_path / "rows.fixed.jsonl"))
    assert [number for number, pair in enumerate(zip(lines, copied, strict=True), 1) if pair[0] != pair[1]] == [
        12,
        13,
        14,
        16,
        17,
    ]


def test_advisable_changes_are_made_where_that_is_asked_for(tmp_path):
    path = written(tmp_path / "rows.jsonl", FAULTY)
    done = check_file(path, MISTRAL, ASKED, fixes="advisable")
    assert list(done.outcome.stream()) == []
    assert done.outcome.exit_code == 0
    assert all(one["made"] for one in changes_in(tmp_path / "rows.fixes.jsonl"))
    assert len(rows_of(tmp_path / "rows.fixed.jsonl")) == len(FAULTY) - 2
    assert done.outcome.repairs is not None
    assert done.outcome.repairs.total == 8


def test_a_clean_file_is_left_alone(tmp_path):
    path = written(tmp_path / "rows.jsonl", clean_rows(MISTRAL))
    done = check_file(path, MISTRAL, ASKED, fixes="advisable")
    assert (done.outcome.exit_code, done.outcome.repairs) == (0, None)
    assert [one.name for one in tmp_path.iterdir()] == ["rows.jsonl"]


def test_what_cannot_be_mended_stays_and_is_reported(tmp_path):
    path = written(
        tmp_path / "rows.jsonl", [*clean_rows(MISTRAL), b"no JSON", faulty(20, role="narrator", mood="calm")]
    )
    done = check_file(path, MISTRAL, ASKED, fixes="necessary")
    assert sorted(one.rule for one in done.outcome.stream()) == ["syntax-error", "unrecognized-role"]
    assert (tmp_path / "rows.fixed.jsonl").read_bytes().split(b"\n")[-3] == b"no JSON"


def test_a_change_that_does_not_mend_is_not_made(tmp_path, monkeypatch):
    row = json.dumps(faulty(20, role="human")).encode()
    at = row.index(b'"human"')
    path = written(tmp_path / "rows.jsonl", [row, *clean_rows(MISTRAL)])
    for start, end in ((0, 1), (at, at), (at + 1, at + 2)):
        broken = Edit(start, end, "")
        monkeypatch.setattr("palms_spec.engine.row_edits.row_edit", lambda change, document, edit=broken: edit)
        done = check_file(path, MISTRAL, ASKED, fixes="necessary")
        assert [one.rule for one in done.outcome.stream()] == ["unrecognized-role"]
        assert [one.name for one in tmp_path.iterdir()] == ["rows.jsonl"]


def test_line_ends_and_layout_of_other_rows_stay(tmp_path):
    path = tmp_path / "rows.jsonl"
    odd = b'{ "messages" :[ {"content":"Is it?","role":"user"},{"role": "assistant","content":"It \\u0069s."}]}\r\n'
    last = json.dumps(faulty(1, role="human")).encode()
    path.write_bytes(odd * 10 + last)
    check_file(path, MISTRAL, ASKED, fixes="necessary")
    assert (tmp_path / "rows.fixed.jsonl").read_bytes() == odd * 10 + last.replace(b'"human"', b'"user"')


def test_packed_files_are_corrected_into_plain_ones(tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(written(tmp_path / "plain", FAULTY).read_bytes()))
    check_file(path, MISTRAL, ASKED, fixes="advisable")
    assert len(rows_of(tmp_path / "rows.fixed.jsonl")) == len(FAULTY) - 2


def test_a_copy_that_somebody_changed_is_not_replaced(tmp_path):
    path = written(tmp_path / "rows.jsonl", FAULTY)
    copy = tmp_path / "rows.fixed.jsonl"
    for _ in range(2):
        check_file(path, MISTRAL, ASKED, fixes="necessary")
    copy.write_bytes(copy.read_bytes() + b"\n")
    changed = copy.read_bytes()
    with pytest.raises(UsageError, match="not as palms wrote it"):
        check_file(path, MISTRAL, ASKED, fixes="necessary")
    assert copy.read_bytes() == changed


def test_severities_of_the_project_say_what_is_necessary(tmp_path):
    write_files(tmp_path, {"palms.toml": '[lint]\nseverity = {blank-line = "error"}\n'})
    path = written(tmp_path / "rows.jsonl", [*clean_rows(MISTRAL), b""])
    done = check_file(path, MISTRAL, ASKED, fixes="necessary")
    assert done.outcome.exit_code == 0
    assert [(one["rule"], one["change"]) for one in changes_in(tmp_path / "rows.fixes.jsonl")] == [
        ("blank-line", "necessary")
    ]


@given(
    rows=st.lists(st.sampled_from(FAULTY), max_size=12),
    advisable=st.booleans(),
    ending=st.sampled_from([b"\n", b"\r\n"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_correcting_a_corrected_copy_changes_nothing_necessary(tmp_path, rows, advisable, ending):
    path = tmp_path / "rows.jsonl"
    for name in ("rows.fixed.jsonl", "rows.fixed.fixed.jsonl"):
        (tmp_path / name).unlink(missing_ok=True)
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path.write_bytes(b"".join(line + ending for line in lines))
    first = check_file(path, MISTRAL, ASKED, fixes="advisable" if advisable else "necessary")
    if first.corrected is None or not first.corrected.total(made=True):
        return
    second = check_file(tmp_path / "rows.fixed.jsonl", MISTRAL, ASKED, fixes="necessary")
    assert second.corrected is not None
    assert second.corrected.total(made=True) == 0


def test_a_killed_run_leaves_the_old_copy_or_the_new_one(tmp_path):
    path = written(tmp_path / "rows.jsonl", [faulty(number, role="Human") for number in range(3_000)])
    command = [
        sys.executable,
        "-m",
        "palms_spec",
        "check",
        str(path),
        "--target",
        "mistral",
        "--fix",
        "-q",
        "--exit-zero",
    ]
    start = time.monotonic()
    subprocess.run([*command, "--ignore", "near-duplicate"], cwd=tmp_path, check=True)
    needed = time.monotonic() - start
    whole = (tmp_path / "rows.fixed.jsonl").read_bytes()
    for share in (0.2, 0.4, 0.6, 0.8, 0.95):
        process = subprocess.Popen([*command, "--ignore", "near-duplicate"], cwd=tmp_path)
        time.sleep(share * needed)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / "rows.fixed.jsonl").read_bytes() == whole


@pytest.mark.parametrize("name", [target for target in TARGETS if target != "bedrock-llama"])
def test_what_palms_compiles_from_the_shipped_dataset_is_clean(tmp_path, name):
    done = compile_dataset("palms-2021", ROOT, targets=[name], out=tmp_path, lint=False)
    assert [one.refusals for one in done.targets] == [()]
    plan = done.targets[0].plan
    for file in sorted((tmp_path / plan.folder).glob("*.jsonl")):
        if file.name != "lines.jsonl":
            checked = check_file(file, plan, Asked(isolated=True))
            assert [(one.rule, one.message) for one in checked.outcome.stream()] == []


def test_bedrock_llama_has_too_few(tmp_path):
    write_dataset(tmp_path, pairs(100))
    compile_dataset("small", tmp_path, targets=["bedrock-llama"], out=tmp_path / "out", lint=False)
    file = tmp_path / "out/bedrock-llama/train.jsonl"
    plan = plan_for("bedrock-llama")
    assert list(check_file(file, plan, ASKED).outcome.stream()) == []
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:80]))
    (found,) = check_file(file, plan, ASKED).outcome.stream()
    assert (found.rule, found.message) == (
        "too-few-examples",
        "80 rows to train on, and bedrock-llama takes 100 at least",
    )
