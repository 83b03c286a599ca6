"""What Together's API says and is told, as records of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from palms_spec.providers.answers import Answer, metrics_of
from palms_spec.providers.provider import Event, Job, JobRequest, JobState, Level, RemoteFile

STATES: dict[str, JobState] = {
    "pending": "queued",
    "queued": "queued",
    "running": "running",
    "compressing": "running",
    "uploading": "running",
    "cancel_requested": "cancelling",
    "cancelled": "cancelled",
    "error": "failed",
    "user_error": "failed",
    "completed": "succeeded",
}
LEVELS: dict[str, Level] = {
    "warning": "warning",
    "error": "error",
    "legacy_iwarning": "warning",
    "legacy_ierror": "error",
}
METRICS = {
    "train/global_step": "step",
    "train/epoch": "epoch",
    "train/loss": "train_loss",
    "eval/loss": "valid_loss",
}
AFTER_TRAINING = frozenset(
    ("training_complete", "early_stopped", "model_compressing", "model_uploading", "job_complete", "job_error")
)
"""What is told of training comes before these."""
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def file_of(answer: Answer) -> RemoteFile:
    """A file. It is ready once it was validated, or where it is not going to be."""
    status = answer.text("processing_status")
    problem = ""
    if status in ("FAILED", "INVALID_FORMAT"):
        problem = answer.object("validation_report").text("error") or f"it is {status}"
    ready = status in ("", "COMPLETED")
    return RemoteFile(answer.required("id"), answer.text("filename"), answer.whole("bytes"), ready, problem)


def job_of(answer: Answer) -> Job:
    """A job."""
    word = answer.required("status")
    state = STATES.get(word, "unknown")
    done, epochs = answer.whole("epochs_completed"), answer.whole("n_epochs")
    return Job(
        id=answer.required("id"),
        state=state,
        word=word,
        model=answer.text("model"),
        training=answer.text("training_file"),
        validation=answer.text("validation_file"),
        created=answer.moment("created_at"),
        finished=answer.moment("updated_at") if state in ("succeeded", "failed", "cancelled") else None,
        result=(answer.text("model_output_name") or answer.text("model_object_name")) if state == "succeeded" else "",
        error=_error(answer) if state == "failed" else "",
        trained_tokens=answer.whole("token_count"),
        progress=min(done / epochs, 1.0) if done and epochs else None,
    )


def _error(answer: Answer) -> str:
    """The last word that was said of what went wrong."""
    events = answer.get("events")
    said = [one for one in events if isinstance(one, dict)] if isinstance(events, list) else []
    return next((str(one.get("message", "")) for one in reversed(said) if one.get("type") == "job_error"), "")


def body_of(request: JobRequest) -> dict[str, Any]:
    """The body with which a job is started."""
    settings = request.settings
    sft = {"method": "sft", "train_on_inputs": "auto"}  # "auto": of conversations only the answers are trained on
    body: dict[str, Any] = {
        "model": request.model,
        "training_file": request.training,
        "training_method": {"method": "dpo"} if request.method == "dpo" else sft,
    }
    if settings.epochs is not None:
        body["n_epochs"] = settings.epochs
    if request.validation is not None:
        # Without evaluations the file would be taken and never looked at.
        body |= {"validation_file": request.validation, "n_evals": settings.epochs or 1}
    if settings.batch_size is not None:
        body["batch_size"] = settings.batch_size
    if settings.learning_rate is not None:
        body["learning_rate"] = settings.learning_rate
    if settings.lora_rank is not None:
        body["training_type"] = {"type": "Lora", "lora_r": settings.lora_rank, "lora_alpha": 2 * settings.lora_rank}
    if settings.suffix:
        body["suffix"] = settings.suffix
    if settings.seed is not None:
        body["random_seed"] = settings.seed
    return {**body, **settings.extra}


def story_of(events: Sequence[Answer], metrics: Sequence[Answer], after: str) -> list[Event]:
    """What happened and what was measured, as one story, without what the event `after` and those before it told.

    Both lists only grow. An event's id says how much of each was told by then, so that the story goes on from there
    however it was put in order.
    """
    told = _position(after)
    story: list[Event] = []
    for kind, index, event in _merged(sorted(events, key=_moment), metrics):
        if index > told[kind]:
            told[kind] = index
            at = event.at if event.at > UNKNOWN_TIME or not story else story[-1].at
            story.append(replace(event, id=f"{told[0]}.{told[1]}", at=at))
    return story


def _position(text: str) -> list[int]:
    first, _, second = text.partition(".")
    return [int(first), int(second)] if first.isdecimal() and second.isdecimal() else [0, 0]


def _merged(events: Sequence[Answer], metrics: Sequence[Answer]) -> Iterator[tuple[int, int, Event]]:
    """Events (0) and metrics (1), each with its number in its own list."""
    at = 0
    for index, one in enumerate(events, 1):
        step = one.whole("step")
        while at < len(metrics) and (one.text("type") in AFTER_TRAINING or _is_before(metrics[at], step)):
            at += 1
            yield 1, at, _measured(metrics[at - 1])
        yield 0, index, _event(one)
    for number in range(at, len(metrics)):
        yield 1, number + 1, _measured(metrics[number])


def _is_before(metrics: Answer, step: int | None) -> bool:
    own = metrics.get("train/global_step")
    return step is not None and isinstance(own, int | float) and own <= step


def _event(answer: Answer) -> Event:
    return Event(
        id="",
        at=_moment(answer),
        message=answer.text("message") or answer.text("type"),
        level=LEVELS.get(answer.text("level"), "info"),
        metrics=metrics_of({"total_steps": answer.whole("total_steps")}, {}),
    )


def _measured(answer: Answer) -> Event:
    return Event(id="", at=answer.moment("timestamp") or UNKNOWN_TIME, message="", metrics=metrics_of(answer, METRICS))


def _moment(answer: Answer) -> datetime:
    return answer.moment("created_at") or UNKNOWN_TIME
