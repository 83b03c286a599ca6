"""What is read of a job is whole, whatever became of the process that writes it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.provider import JobRequest, Settings
from palms_spec.training.local import job_lock
from palms_spec.training.local.checkpoints import newest_whole, seal, step_of
from palms_spec.training.local.events import EventFile
from palms_spec.training.local.extras import check_installed
from palms_spec.training.local.job_folder import JobFolder
from palms_spec.training.local.provider import local_provider


def test_half_an_event_is_not_read_and_not_added_to(tmp_path):
    path = tmp_path / "events.jsonl"
    events = EventFile(path)
    events.add("one")
    events.add("two — ü", "warning", {"step": 1})
    path.write_bytes(path.read_bytes() + b'{"id":3,"at":')
    assert [event.message for event in EventFile(path).read()] == ["one", "two — ü"]
    EventFile(path).add("three")
    found = EventFile(path).read(1)
    assert [(event.id, event.message, event.level) for event in found] == [
        ("2", "two — ü", "warning"),
        ("3", "three", "info"),
    ]
    assert found[0].metrics == {"step": 1}
    assert EventFile(tmp_path / "none").read() == []


def test_the_lock_is_held_as_long_as_the_process_that_has_it(tmp_path):
    lock = tmp_path / "lock"
    assert not job_lock.is_held(lock)
    taken = job_lock.take(lock)
    assert taken is not None
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(taken,))
    os.close(taken)
    assert job_lock.is_held(lock)
    assert job_lock.take(lock) is None
    process.kill()
    process.wait()
    assert not job_lock.is_held(lock)


def test_a_job_without_a_process_is_interrupted_unless_it_is_over(tmp_path):
    job = JobFolder(tmp_path)
    assert job.progress().word == "interrupted"
    taken = job_lock.take(job.lock)
    assert taken is not None
    assert job.progress().word == "starting"
    job.note("training")
    assert job.progress().word == "training"
    os.close(taken)
    assert job.progress().word == "interrupted"
    job.note("failed", "no", "yes")
    assert (job.progress().word, job.progress().error, job.progress().hint) == ("failed", "no", "yes")


def test_the_newest_checkpoint_that_is_whole_counts(tmp_path):
    assert newest_whole(tmp_path) is None
    for step in (5, 10, 100):
        folder = tmp_path / f"checkpoint-{step}"
        folder.mkdir()
        (folder / "weights").write_bytes(bytes([step]))
        seal(folder)
    assert step_of(newest_whole(tmp_path)) == 100
    (tmp_path / "checkpoint-100/weights").write_bytes(b"\x65")
    assert step_of(newest_whole(tmp_path)) == 10
    assert not (tmp_path / "checkpoint-100").exists()
    (tmp_path / "checkpoint-10/more").write_bytes(b"")
    assert step_of(newest_whole(tmp_path)) == 5
    (tmp_path / "checkpoint-5/palms-checkpoint.json").write_bytes(b"{")
    assert step_of(newest_whole(tmp_path)) == 0


def test_jobs_are_looked_for_in_their_folder_alone(tmp_path):
    provider = local_provider(tmp_path / "local")
    assert provider.jobs(5) == []
    for name in ("none", "..", "../jobs", ".", "a/b", ""):
        with pytest.raises(ProviderError) as caught:
            provider.job(name)
        assert caught.value.status == 404
        assert provider.file(name) is None


def request(**given):
    asked: dict[str, Any] = {"model": "owner/name", "method": "sft", "settings": Settings()} | given
    return JobRequest(token="t" * 24, training="", validation=None, asked=datetime.now(UTC), **asked)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"method": "dpo"}, "training on this machine is supervised, and dpo is not offered"),
        ({"model": "nowhere"}, "there is no model nowhere"),
        ({"model": "./owner/name"}, "there is no model ./owner/name"),
        ({"settings": Settings(epochs=-1)}, "epochs is -1, and should be 1 or more"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_is_kept(tmp_path, given, message):
    with pytest.raises(UsageError) as caught:
        local_provider(tmp_path / "local").check(request(**given))
    assert caught.value.message == message
    assert not (tmp_path / "local").exists()


def test_a_model_is_a_folder_with_a_configuration(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for name, message in (("empty", "holds no config.json"), ("file", "is a file")):
        with pytest.raises(UsageError, match=message):
            local_provider(tmp_path).check(request(model=str(tmp_path / name)))


def test_a_folder_named_as_a_package_is_not_taken_for_it(tmp_path, monkeypatch):
    for name in ("torch", "transformers", "trl", "peft", "datasets"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    for name in ("torch", "transformers", "trl", "peft", "datasets"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(Exception, match="torch is not installed") as caught:
        check_installed()
    assert "pip install 'palms-spec[train]'" in caught.value.hint  # type: ignore[attr-defined]


def test_events_are_read_while_they_are_written(tmp_path):
    path = tmp_path / "events.jsonl"
    code = (
        "import sys; from pathlib import Path; from palms_spec.training.local.events import EventFile\n"
        "events = EventFile(Path(sys.argv[1]))\n"
        "for number in range(2000): events.add(f'event {number}')"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)])
    seen: list[str] = []
    deadline = time.monotonic() + 60
    while len(seen) < 2000 and time.monotonic() < deadline:
        seen += [event.message for event in EventFile(path).read(len(seen))]
    assert process.wait() == 0
    assert seen == [f"event {number}" for number in range(2000)]
