"""What OpenAI's API says and is told, as records of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from palms_spec.providers.answers import Answer, metrics_of
from palms_spec.providers.provider import Event, Job, JobRequest, JobState, Level, RemoteFile

TOKEN = "palms_request"
"""Under this name a job's metadata hold the token of its request."""
STATES: dict[str, JobState] = {
    "validating_files": "validating",
    "pending": "queued",
    "notRunning": "queued",
    "queued": "queued",
    "running": "running",
    "pausing": "running",
    "paused": "paused",
    "cancelling": "cancelling",
    "succeeded": "succeeded",
    "failed": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
"""OpenAI's words, and those that Azure has besides."""
READY = frozenset(("uploaded", "processed", "succeeded", ""))
BAD = frozenset(("error", "failed", "deleted", "canceled", "cancelled"))
LEVELS: dict[str, Level] = {"warn": "warning", "warning": "warning", "error": "error"}
METRICS = {"full_valid_loss": "valid_loss"}
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def file_of(answer: Answer) -> RemoteFile:
    """A file."""
    status = answer.text("status")
    problem = (answer.text("status_details") or f"it is {status}") if status in BAD else ""
    return RemoteFile(
        answer.required("id"), answer.text("filename"), answer.whole("bytes"), status in READY and not problem, problem
    )


def job_of(answer: Answer) -> Job:
    """A job."""
    word = answer.required("status")
    error = answer.object("error")
    code, message = error.text("code"), error.text("message")
    return Job(
        id=answer.required("id"),
        state=STATES.get(word, "unknown"),
        word=word,
        model=answer.text("model"),
        training=answer.text("training_file"),
        validation=answer.text("validation_file"),
        created=answer.moment("created_at"),
        finished=answer.moment("finished_at"),
        result=answer.text("fine_tuned_model"),
        error=f"{message} ({code})" if message and code else message or code,
        trained_tokens=answer.whole("trained_tokens"),
        token=answer.object("metadata").text(TOKEN),
    )


def event_of(answer: Answer) -> Event:
    """An event; one with a loss in its data is one of metrics."""
    return Event(
        id=answer.required("id"),
        at=answer.moment("created_at") or UNKNOWN_TIME,
        message=answer.text("message"),
        level=LEVELS.get(answer.text("level"), "info"),
        metrics=metrics_of(answer.get("data"), METRICS),
    )


def body_of(request: JobRequest) -> dict[str, Any]:
    """The arguments with which the SDK starts a job."""
    settings = request.settings
    extra = dict(settings.extra)
    hyperparameters = {
        name: value
        for name, value in (
            ("n_epochs", settings.epochs),
            ("batch_size", settings.batch_size),
            ("learning_rate_multiplier", extra.pop("learning_rate_multiplier", None)),
            ("beta", extra.pop("beta", None)),
        )
        if value is not None
    }
    kind = "dpo" if request.method == "dpo" else "supervised"
    body: dict[str, Any] = {
        "model": request.model,
        "training_file": request.training,
        "method": {"type": kind, kind: {"hyperparameters": hyperparameters}},
        "metadata": {TOKEN: request.token},
    }
    if request.validation is not None:
        body["validation_file"] = request.validation
    if settings.suffix:
        body["suffix"] = settings.suffix
    if settings.seed is not None:
        body["seed"] = settings.seed
    if extra:
        body["extra_body"] = extra
    return body
