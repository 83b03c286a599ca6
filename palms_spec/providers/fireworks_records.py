"""What Fireworks' API says and is told, as records of ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from palms_spec.providers.answers import Answer, metrics_of
from palms_spec.providers.provider import Cost, Event, Job, JobRequest, JobState, Level, RemoteFile

SFT, DPO = "supervisedFineTuningJobs", "dpoJobs"
PREFIX = "palms-"
"""Ids of what palms makes begin with it: a job's id goes on with the token of its request, a dataset's with a hash."""
SHARED_MODELS = "accounts/fireworks/models/"
STATES: dict[str, JobState] = {
    "CREATING": "validating",
    "CREATING_INPUT_DATASET": "validating",
    "VALIDATING": "validating",
    "PENDING": "queued",
    "RE_QUEUEING": "queued",
    "RUNNING": "running",
    "IDLE": "running",
    "WRITING_RESULTS": "running",
    "PAUSED": "paused",
    "CANCELLING": "cancelling",
    "DELETING": "cancelling",
    "DELETING_CLEANING_UP": "cancelling",
    "CANCELLED": "cancelled",
    "COMPLETED": "succeeded",
    "EARLY_STOPPED": "succeeded",
    "FAILED": "failed",
    "EXPIRED": "failed",
}
METRICS = {
    "global_step": "step",
    "loss": "train_loss",
    "training_loss": "train_loss",
    "train/loss": "train_loss",
    "eval_loss": "valid_loss",
    "eval/loss": "valid_loss",
    "validation_loss": "valid_loss",
}
"""The file of metrics is not documented; these are names that trainers use."""
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def full_model(name: str) -> str:
    """A model's full name; a short one is that of a model of Fireworks."""
    return name if "/" in name else SHARED_MODELS + name


def file_of(answer: Answer) -> RemoteFile:
    """A dataset, which is what a file is called there."""
    name = answer.required("name").rpartition("/")[2]
    return RemoteFile(name, name, None, answer.text("state") == "READY", _status(answer))


def _status(answer: Answer) -> str:
    status = answer.object("status")
    return "" if status.text("code") in ("", "OK") else status.text("message") or status.text("code")


def job_of(answer: Answer) -> Job:
    """A job. The id of one that compares answers begins with `dpoJobs/`."""
    kind, _, own = answer.required("name").removeprefix("accounts/").partition("/")[2].partition("/")
    word = answer.text("state").removeprefix("JOB_STATE_")
    state = STATES.get(word, "unknown")
    config = answer.object("trainingConfig") if kind == DPO else answer
    percent = answer.object("jobProgress").whole("percent")
    return Job(
        id=f"{DPO}/{own}" if kind == DPO else own,
        state=state,
        word=word.lower() or "unspecified",
        model=config.text("baseModel"),
        training=answer.text("dataset").rpartition("/")[2],
        validation=answer.text("evaluationDataset").rpartition("/")[2],
        created=answer.moment("createTime"),
        finished=answer.moment("completedTime"),
        result=config.text("outputModel") if state == "succeeded" else "",
        error=_status(answer) if state == "failed" else "",
        progress=percent / 100 if percent is not None else None,
        token=own.removeprefix(PREFIX) if own.startswith(PREFIX) else "",
        cost=_cost(answer.object("estimatedCost")),
    )


def _cost(answer: Answer) -> Cost | None:
    units, nanos = answer.whole("units") or 0, answer.whole("nanos") or 0
    if answer.text("currencyCode") not in ("", "USD") or not (units or nanos):
        return None
    return Cost(units + nanos / 1e9, "fireworks' own estimate")


def body_of(request: JobRequest, account: str) -> dict[str, Any]:
    """The body with which a job is started."""
    settings = request.settings
    training = {
        "baseModel": full_model(request.model),
        "epochs": settings.epochs,
        "learningRate": settings.learning_rate,
        "loraRank": settings.lora_rank,
        "batchSizeSamples": settings.batch_size,
    }
    given = {name: value for name, value in training.items() if value is not None} | dict(settings.extra)
    body: dict[str, Any] = {"dataset": f"accounts/{account}/datasets/{request.training}"}
    if settings.suffix:
        body["displayName"] = settings.suffix
    if request.method == "dpo":
        return {**body, "trainingConfig": given}
    if request.validation is not None:
        body["evaluationDataset"] = f"accounts/{account}/datasets/{request.validation}"
    return {**body, **given}


def metrics_rows(content: bytes) -> list[dict[str, float]]:
    """The numbers in a file of metrics: a JSON object a line, or a list of them. None in what is neither."""
    try:
        found = json.loads(content)
        rows = found if isinstance(found, list) else [found]
    except (ValueError, RecursionError):
        rows = []
        for line in content.splitlines():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                continue
    return [numbers for row in rows if (numbers := metrics_of(row, METRICS))]


def story_of(job: Job, rows: Sequence[dict[str, float]], now: datetime, after: str) -> list[Event]:
    """What is new since the event `after`: Fireworks tells how a job stands, not what happened to it.

    An event's id says how it stood by then.
    """
    seen, _, stood = after.partition(".")
    told = int(seen) if seen.isdecimal() else 0
    story = [
        Event(id=f"{number}.{stood}", at=now, message="", metrics=row)
        for number, row in enumerate(rows, 1)
        if number > told
    ]
    percent = f" ({job.progress:.0%})" if job.progress is not None else ""
    stands = f"{job.word}{percent}"
    if stands != stood:
        at = job.finished if job.final and job.finished else now
        level: Level = "error" if job.state == "failed" else "info"
        message = f"{stands}: {job.error}" if job.error else stands
        story.append(Event(id=f"{max(told, len(rows))}.{stands}", at=at, message=message, level=level))
    return story
