"""This machine as a provider. What it is given lies in a folder:

    files/ID/            rows, which sample each comes from, and the manifest they were compiled with
    jobs/ID/             job.json, state.json, events.jsonl, log.txt; checkpoints/ while it trains; model/ at the end

A job's id follows from the model, the files and the settings. To ask for the same again is to go on with it where it
was interrupted or cancelled, and to get it as it is where it runs or has succeeded.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import orjson

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.provider import (
    Cost,
    Event,
    Job,
    JobRequest,
    JobState,
    RemoteFile,
    ResultFile,
    Sent,
    TrainingFile,
)
from palms_spec.training.local import job_lock
from palms_spec.training.local.base_model import base_of, state_of
from palms_spec.training.local.extras import check_installed
from palms_spec.training.local.job_folder import (
    RECORD_FILE,
    JobFolder,
    JobOrder,
    JobProgress,
    Word,
    job_folders,
    make_folder,
)
from palms_spec.training.local.kept_files import KeptFile, find_kept, keep, remote_file
from palms_spec.training.local.launching import launch
from palms_spec.training.local.settings import settings_of

STATES: dict[Word, JobState] = {
    "starting": "queued",
    "training": "running",
    "saving": "running",
    "succeeded": "succeeded",
    "failed": "failed",
    "cancelled": "cancelled",
    "interrupted": "failed",
}
LAST_SECONDS = 60.0
"""A process may take so long to end once its job is over."""
INTERRUPTED = "its process ended before it was done; start it again, and it goes on from its last checkpoint"
Launch = Callable[[JobFolder, JobOrder, int], None]


def local_provider(folder: Path, launch: Launch = launch) -> LocalProvider:
    """This machine as a provider that keeps everything in a folder, which is made when it is first needed."""
    return LocalProvider(folder.absolute(), launch)


class LocalProvider:
    """Trains on this machine, one process a job."""

    name = "local"
    paid = False

    def __init__(self, folder: Path, launch: Launch) -> None:
        self.place = str(folder)
        self._folder = folder
        self._files = folder / "files"
        self._jobs = folder / "jobs"
        self._launch = launch

    def check(self, request: JobRequest) -> None:
        """Raise UsageError for settings, a model or a method that cannot be trained with here, MissingExtra where the
        packages for it are not installed."""
        if request.method != "sft":
            raise UsageError(
                f"training on this machine is supervised, and {request.method} is not offered",
                hint="compile with --method sft",
            )
        settings_of(request.settings)
        base_of(request.model)
        check_installed()

    def find_file(self, file: TrainingFile) -> RemoteFile | None:
        """The kept copy of a file and its manifest, if there is one."""
        kept = find_kept(self._files, file)
        return remote_file(kept) if kept is not None else None

    def file(self, file_id: str) -> RemoteFile | None:
        """A kept file."""
        kept = KeptFile(self._files / file_id)
        return remote_file(kept) if kept.folder.parent == self._files and kept.rows.is_file() else None

    def upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        """Keep a compiled file, with its manifest. Raises UsageError for one that is not what its manifest says."""
        make_folder(self._folder)
        return remote_file(keep(self._files, file, sent))

    def estimate(self, request: JobRequest) -> Cost | None:
        """It costs nothing but time."""
        return None

    def start(self, request: JobRequest) -> Job:
        """Start a process for a job, unless it runs or has succeeded."""
        self.check(request)
        for name in (request.training, request.validation):
            if name is not None and self.file(name) is None:
                raise UsageError(f"there is no file {name} in {self._files}", hint="hand it over again")
        job = JobFolder(self._jobs / _job_id(request))
        make_folder(self._folder)
        job.path.mkdir(parents=True, exist_ok=True)
        lock = _alone(job)
        try:
            order = _ordered(job, request)
            if lock is not None and job.progress().word != "succeeded":
                job.forget_stop()
                job.note("starting")
                self._launch(job, order, lock)
        finally:
            if lock is not None:
                os.close(lock)
        return _told(job)

    def find_job(self, request: JobRequest) -> Sequence[Job]:
        """The jobs that a request has asked for: none or one."""
        return [_told(job) for job in job_folders(self._jobs) if request.token in job.order().tokens]

    def job(self, job_id: str) -> Job:
        """A job by its id. Raises ProviderError where there is none."""
        return _told(self._folder_of(job_id))

    def jobs(self, most: int) -> Sequence[Job]:
        """The jobs in the folder, the newest first."""
        return [_told(job) for job in job_folders(self._jobs)[:most]]

    def events(self, job_id: str, after: str) -> Sequence[Event]:
        """What happened to a job, oldest first."""
        return self._folder_of(job_id).events.read(int(after) if after.isdigit() else 0)

    def cancel(self, job_id: str) -> Job:
        """Have a job stop after the step that it is at; what it has learnt is kept for the day when it goes on."""
        job = self._folder_of(job_id)
        if job.progress().word == "interrupted":
            job.note("cancelled")
        elif not job.progress().over:
            job.ask_to_stop()
        return _told(job)

    def result_files(self, job: Job) -> Iterator[ResultFile]:
        """How it was trained, and what the process said."""
        folder = self._folder_of(job.id)
        for path in (folder.result / RECORD_FILE, folder.log):
            if path.is_file():
                yield ResultFile(path.name, path.read_bytes())

    def _folder_of(self, job_id: str) -> JobFolder:
        folder = JobFolder(self._jobs / job_id)
        if folder.path.parent != self._jobs or not folder.order_file.is_file():
            raise ProviderError(f"there is no job {job_id} in {self._jobs}", status=404)
        return folder


def _alone(job: JobFolder) -> int | None:
    """The lock of a job, None while a process works on it. One that has noted its end is waited for."""
    deadline = time.monotonic() + LAST_SECONDS
    while (lock := job_lock.take(job.lock)) is None and job.progress().over and time.monotonic() < deadline:
        pass
    return lock


def _job_id(request: JobRequest) -> str:
    """A name that is the same for the same work."""
    settings, base = settings_of(request.settings), base_of(request.model)
    work = [base, state_of(base), request.training, request.validation, settings.model_dump()]
    return f"{settings.suffix}-{sha256(orjson.dumps(work)).hexdigest()[:12]}"


def _ordered(job: JobFolder, request: JobRequest) -> JobOrder:
    """The order of a job, with a request among those that asked for it."""
    if job.order_file.is_file():
        order = job.order()
        if request.token in order.tokens:
            return order
        order = replace(order, tokens=(*order.tokens, request.token))
    else:
        order = JobOrder(
            id=job.id,
            model=request.model,
            base=base_of(request.model),
            training=request.training,
            validation=request.validation,
            settings=settings_of(request.settings),
            created=request.asked,
            tokens=(request.token,),
        )
    job.write_order(order)
    return order


def _told(job: JobFolder) -> Job:
    """A job as a provider tells of it."""
    order, progress = job.order(), job.progress()
    state = STATES[progress.word]
    if job.stop_asked and not progress.over and progress.word != "interrupted":
        state = "cancelling"
    record = orjson.loads((job.result / RECORD_FILE).read_bytes()) if state == "succeeded" else None
    return Job(
        id=order.id,
        state=state,
        word=progress.word,
        model=order.model,
        training=order.training,
        validation=order.validation or "",
        created=order.created,
        finished=progress.finished,
        result=str(job.result) if record else "",
        error=_error(progress),
        trained_tokens=record["trained"]["tokens"] if record else None,
        progress=1.0 if record else _share(job),
        token=order.tokens[-1],
    )


def _error(progress: JobProgress) -> str:
    if progress.word == "interrupted":
        return INTERRUPTED
    return f"{progress.error} ({progress.hint})" if progress.hint else progress.error


def _share(job: JobFolder) -> float | None:
    """How much of the training is done."""
    for event in reversed(job.events.read()):
        if event.metrics.get("total_steps"):
            return event.metrics["step"] / event.metrics["total_steps"]
    return None
