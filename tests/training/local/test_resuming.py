"""A job that is killed, however often, ends as one that is not."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from palms_spec.training.local import job_lock
from palms_spec.training.local.provider import local_provider
from tests.training.local.local_jobs import ended, hashes, job_folder, messages, record, started

pytestmark = pytest.mark.slow
FULL: dict[str, Any] = {"epochs": 4, "learning_rate": 1e-3, "batch_size": 4, "checkpoint_steps": 4}
ADAPTERS: dict[str, Any] = {**FULL, "lora_rank": 4, "lora_dropout": 0.2}


@pytest.fixture(scope="module", params=[FULL, ADAPTERS], ids=["all weights", "adapters with dropout"])
def whole(request, tmp_path_factory, base, compiled):
    """Settings, and the job that was left alone."""
    return request.param, started(tmp_path_factory.mktemp("whole"), base, compiled["split"], **request.param)


def killed_at(folder: Path, job, message: str) -> None:
    """Kill the process of a job as soon as an event says something."""
    deadline = time.monotonic() + 180
    while not any(said.startswith(message) for said in messages(folder, job)):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    at = job_folder(folder, job)
    os.kill(int(at.lock.read_text()), signal.SIGKILL)
    while job_lock.is_held(at.lock):
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    "kills",
    [["step 2 of", "step 6 of", "step 15 of"], ["checkpoint at step 8", "loss on training"]],
    ids=["between checkpoints", "at a checkpoint and at the end"],
)
def test_what_was_killed_ends_with_the_same_bytes(tmp_path, base, compiled, whole, kills):
    given, reference = whole
    for message in kills:
        job = started(tmp_path, base, compiled["split"], apart=True, **given)
        killed_at(tmp_path, job, message)
        stopped = local_provider(tmp_path).job(job.id)
        assert (stopped.state, stopped.word, stopped.result) == ("failed", "interrupted", "")
        assert "start it again" in stopped.error
    job = ended(tmp_path, started(tmp_path, base, compiled["split"], apart=True, **given))
    assert hashes(job) == hashes(reference)
    found, expected = record(job), record(reference)
    assert len(found["attempts"]) == len(kills) + 1
    assert {name for name in found if found[name] != expected[name]} == {"attempts", "timing"}


def test_what_was_cancelled_goes_on_from_there(tmp_path, base, compiled, whole):
    given, reference = whole
    job = started(tmp_path, base, compiled["split"], apart=True, **given)
    while not any(said.startswith("step 5 of") for said in messages(tmp_path, job)):
        time.sleep(0.005)
    assert local_provider(tmp_path).cancel(job.id).state in ("cancelling", "cancelled")
    stopped = ended(tmp_path, job)
    assert (stopped.state, stopped.result) == ("cancelled", "")
    assert not (job_folder(tmp_path, job).result).exists()
    on = ended(tmp_path, started(tmp_path, base, compiled["split"], apart=True, **given))
    assert hashes(on) == hashes(reference)
    assert record(on)["loss"] == record(reference)["loss"]
    assert record(on)["attempts"][1]["from_step"] >= 5


def test_a_checkpoint_that_is_not_whole_is_passed_over(tmp_path, base, compiled, whole):
    given, reference = whole
    job = started(tmp_path, base, compiled["split"], apart=True, **given)
    killed_at(tmp_path, job, "checkpoint at step 8")
    newest = job_folder(tmp_path, job).checkpoints / "checkpoint-8" / "optimizer.pt"
    newest.write_bytes(newest.read_bytes()[:-1])
    on = ended(tmp_path, started(tmp_path, base, compiled["split"], apart=True, **given))
    assert record(on)["attempts"][1]["from_step"] == 4
    assert hashes(on) == hashes(reference)


def test_a_job_that_runs_is_not_started_twice(tmp_path, base, compiled):
    job = started(tmp_path, base, compiled["split"], apart=True, **FULL)
    same = started(tmp_path, base, compiled["split"], apart=True, **FULL)
    assert same.id == job.id
    assert [found.id for found in local_provider(tmp_path).jobs(10)] == [job.id]
    ended(tmp_path, job)
    assert messages(tmp_path, job).count("started") == 1


def test_a_model_that_changed_is_not_gone_on_with(tmp_path, base, compiled):
    job = started(tmp_path, base, compiled["split"], apart=True, **FULL)
    killed_at(tmp_path, job, "checkpoint at step 4")
    at = job_folder(tmp_path, job)
    kept = at.kept("base.json")
    at.keep("base.json", [{**kept[0], "sha256": "0" * 64}, *kept[1:]])
    on = ended(tmp_path, started(tmp_path, base, compiled["split"], apart=True, **FULL))
    assert on.state == "failed"
    assert "has changed since this job began" in on.error
