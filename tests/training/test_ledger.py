from __future__ import annotations

import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Cost, Job
from palms_spec.training.ledger import LEDGER_FILE, FileEntry, JobEntry, Ledger, change_ledger, read_ledger

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def file_entry(**changes):
    given = {"provider": "x", "place": "p", "path": "a", "name": "n", "sha256": "0" * 64, "bytes": 1, "began": NOW}
    return FileEntry(**{**given, **changes})


def job_entry(**changes):
    given = {
        "provider": "x", "place": "p", "token": "t", "asked": NOW, "dataset": "d", "folder": "f", "verified": True,
        "model": "m", "method": "sft", "training": "file", "training_sha256": "0" * 64,
    }  # fmt: skip
    return JobEntry(**{**given, **changes})


def test_a_project_without_one_has_an_empty_one(tmp_path):
    assert read_ledger(tmp_path) == Ledger()
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read(tmp_path):
    entry = job_entry(settings={"epochs": 3, "learning_rate": 1e-05, "x": [1, {"y": None}]})
    entry.take(Job(id="j", state="running", word="running", model="m", cost=Cost(1.5, "them")), NOW)

    def change(ledger):
        ledger.jobs.append(entry)
        ledger.note_file(file_entry(id="file-1"))

    change_ledger(tmp_path, change)
    found = read_ledger(tmp_path)
    assert found.jobs == [entry]
    assert found.job("j") == entry
    assert found.requested("t") == entry
    assert found.known("x", "p") == {"j"}
    assert found.known("x", "elsewhere") == set()
    text = (tmp_path / LEDGER_FILE).read_text("ascii")
    assert text.startswith('{\n  "palms_finetune": 1,\n')
    assert json.loads(text)["jobs"][0]["cost"] == {"dollars": 1.5, "by": "them"}


def test_a_file_has_one_entry_a_place():
    ledger = Ledger()
    for entry in (file_entry(), file_entry(id="1"), file_entry(place="q"), file_entry(id="2"), file_entry(id="2")):
        ledger.note_file(entry)
    assert [(one.place, one.id) for one in ledger.files] == [("q", None), ("p", "2")]
    found = ledger.file("x", "p", "0" * 64)
    assert found is not None
    assert found.id == "2"


def test_a_change_that_fails_changes_nothing(tmp_path):
    change_ledger(tmp_path, lambda ledger: ledger.note_file(file_entry()))
    before = (tmp_path / LEDGER_FILE).read_bytes()

    def change(ledger):
        ledger.files.clear()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_ledger(tmp_path, change)
    assert (tmp_path / LEDGER_FILE).read_bytes() == before


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_a_ledger_or_an_error(tmp_path, data):
    path = tmp_path / LEDGER_FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        found = read_ledger(tmp_path)
    except UsageError:
        return
    assert isinstance(found, Ledger)


def _add(root, number):
    change_ledger(Path(root), lambda ledger: ledger.jobs.append(job_entry(token=f"{number}")))


def test_changes_of_several_processes_are_all_there(tmp_path):
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        pool.starmap(_add, [(str(tmp_path), number) for number in range(24)])
    assert sorted(int(one.token) for one in read_ledger(tmp_path).jobs) == [*range(24)]
