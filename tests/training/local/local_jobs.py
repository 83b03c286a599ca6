"""Jobs on this machine, asked for as the workflows ask."""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from palms_spec.providers.provider import Job, JobRequest, Settings, TrainingFile
from palms_spec.training.local.job_folder import JobFolder, JobOrder
from palms_spec.training.local.launching import launch
from palms_spec.training.local.provider import LocalProvider, local_provider
from palms_spec.training.local.worker import work


def training_file(path: Path) -> TrainingFile:
    """A compiled file."""
    data = path.read_bytes()
    return TrainingFile(path, path.name, sha256(data).hexdigest(), len(data))


def here(job: JobFolder, order: JobOrder, lock: int) -> None:
    """Work on a job in this process: the same work, without another start of torch."""
    work(job.path)


def started(folder: Path, model: Path | str, compiled: Path, *, apart: bool = False, **given: Any) -> Job:
    """Start a job in a folder, or go on with it. `apart`: in a process of its own, else it is over when this returns.

    `given` are settings.
    """
    provider = local_provider(folder, launch if apart else here)
    files = {
        name: provider.upload(training_file(compiled / f"{name}.jsonl"), lambda sent: None).id
        for name in ("train", "validation")
        if (compiled / f"{name}.jsonl").exists()
    }
    known = {name: given.pop(name) for name in list(given) if name in Settings.__dataclass_fields__}
    request = JobRequest(
        token=secrets.token_hex(12),
        model=str(model),
        method="sft",
        training=files["train"],
        validation=files.get("validation"),
        settings=Settings(**known, extra=given),
        asked=datetime.now(UTC),
    )
    return provider.start(request)


def ended(folder: Path, job: Job, seconds: float = 180.0) -> Job:
    """A job once it is over."""
    provider, deadline = local_provider(folder), time.monotonic() + seconds
    while not (job := provider.job(job.id)).final:
        assert time.monotonic() < deadline, provider.events(job.id, "")
        time.sleep(0.05)
    return job


def messages(folder: Path, job: Job) -> list[str]:
    """What the events of a job say."""
    return [event.message for event in local_provider(folder).events(job.id, "")]


def record(job: Job) -> dict[str, Any]:
    """What is noted beside the model of a job that has succeeded."""
    assert job.state == "succeeded", job.error
    found: dict[str, Any] = json.loads(Path(job.result, "training.json").read_text())
    return found


def hashes(job: Job) -> dict[str, str]:
    """The files of a trained model."""
    return {file["file"]: file["sha256"] for file in record(job)["outputs"]}


def job_folder(folder: Path, job: Job) -> JobFolder:
    """The folder of a job."""
    provider: LocalProvider = local_provider(folder)
    return JobFolder(Path(provider.place) / "jobs" / job.id)
