"""What `palms finetune` says of files and jobs, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from palms_spec.providers.provider import Cost, Job, JobState
from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import json_text, visible
from palms_spec.render.terminal import Output, Style
from palms_spec.training.finetuning import Listed, PlannedJob, Quote, Started, Uploaded
from palms_spec.training.ledger import JobEntry

VERSION = 1
INDENT = 12
STYLES: dict[JobState, Style] = {
    "succeeded": "good",
    "failed": "error",
    "cancelled": "warning",
    "cancelling": "warning",
    "paused": "warning",
    "unknown": "warning",
}


def write_uploaded(files: Sequence[Uploaded], provider: str, out: Output) -> None:
    """Write a line a file."""
    for one in files:
        if provider == "local":
            how = "copied" if one.sent else "was already here"
        else:
            how = f"sent to {provider}" if one.sent else f"was already at {provider}"
        text = f"{one.rows:,} rows, {one.file.bytes:,} bytes, {how} as {one.remote.id}"
        _field(one.split, text, out, "strong", indent=0)


def write_planned(plan: PlannedJob, out: Output) -> None:
    """Write what somebody is asked to agree to."""
    out.line(("A new job", "strong"), f" at {plan.provider}, {visible(plan.place)}")
    _field("model", plan.model, out)
    _field("method", ", ".join([plan.method, *map(_setting, plan.settings.items())]), out)
    about = "about " if plan.estimated else ""
    for one in plan.files:
        _field(one.split, f"{one.rows:,} rows, {about}{one.tokens:,} tokens, file {one.remote.id}", out)
    _field("cost", cost_text(plan.quote), out)
    if plan.closing is not None:
        _field(plan.closing.word, plan.closing.summary, out, "warning")


def _setting(item: tuple[str, object]) -> str:
    name, value = item
    return f"{name.replace('_', ' ')} {value}"


def cost_text(quote: Quote) -> str:
    """What something costs, or that it is not known and why."""
    if quote.cost is not None:
        note = f"; {quote.cost.note}" if quote.cost.note else ""
        return f"{dollars(quote.cost)} by {quote.cost.by}{note}"
    if quote.unknown:
        return f"not known: {quote.unknown}; --price reckons with a price of yours"
    return "none: it runs on this machine"


def dollars(cost: Cost) -> str:
    """An amount, with as many digits as it needs to be more than nothing."""
    return f"${cost.dollars:,.2f}" if cost.dollars >= 0.01 or not cost.dollars else f"${cost.dollars:.2g}"


def write_started(started: Started, provider: str, out: Output) -> None:
    """Write what became of a start."""
    job = started.job
    if started.how == "started":
        out.line(("Started", "good"), f" {visible(job.id)} at {provider}: {visible(job.word)}.")
    elif started.how == "found":
        out.line(
            ("Found", "good"), f" {visible(job.id)} at {provider}, started by a call that was cut off: {job.state}."
        )
    else:
        stands = "has succeeded" if job.state == "succeeded" else f"is {job.state}"
        out.line(("Nothing started", "strong"), f": {visible(job.id)} trains the same, and {stands}.")
        more = "another --seed makes another job" if provider == "local" else "--again trains it once more"
        out.line("  ", ("hint:", "strong"), f" {more}")
    if job.cost is not None:
        out.line(f"Cost: {dollars(job.cost)} by {job.cost.by}.")
    word = "result" if job.final else "watch"
    out.line(f"Next: palms finetune {word} {visible(job.id)}")


def write_jobs(jobs: Sequence[Listed], out: Output) -> None:
    """Write the jobs of a project, some lines each."""
    for one in jobs:
        entry = one.entry
        _head(
            entry.id or "no answer yet", entry.state, entry.word, f"{entry.provider}, asked {_time(entry.asked)}", out
        )
        about = [f"{entry.model} on {entry.dataset}"]
        if entry.cost is not None:
            about.append(f"{dollars(Cost(entry.cost.dollars, ''))} by {entry.cost.by}")
        if not entry.verified:
            about.append("files not verified against their sources")
        _below("; ".join(about), out)
        _outcome(entry.result, entry.error, out)
        if one.trouble:
            seen = f" (as of {_time(entry.seen)})" if entry.seen is not None else ""
            _below(f"not known how it stands{seen}: {one.trouble}", out, "warning")
    if not jobs:
        out.line("No job was started from this project.")


def write_remote_jobs(jobs: Sequence[Job], more: bool, out: Output) -> None:
    """Write the jobs of an account."""
    for job in jobs:
        _head(job.id, job.state, job.word, _time(job.created) if job.created else "", out)
        _below(job.model, out)
        _outcome(job.result, job.error, out)
    if more:
        out.line("There are more; --all shows them.")
    elif not jobs:
        out.line("There are no jobs.")


def _head(job_id: str, state: JobState, word: str, rest: str, out: Output) -> None:
    shown = state if state != "unknown" else word or "not answered"
    out.line((visible(job_id), "strong"), "  ", (visible(shown), STYLES.get(state, "plain")), f"  {visible(rest)}")


def _outcome(result: str, error: str, out: Output) -> None:
    if result:
        _below(f"model {result}", out)
    if error:
        _below(error, out, "error")


def _below(text: str, out: Output, style: Style = "plain") -> None:
    for line in wrapped(visible(text), max(out.terminal.width - 4, 30)):
        out.line("    ", (line, style))


def write_cancelled(job: Job, was_running: bool, out: Output) -> None:
    """Write what became of asking for a job to be stopped."""
    if not was_running:
        out.line(
            f"Nothing to stop: {visible(job.id)} has {'been cancelled' if job.state == 'cancelled' else job.state}."
        )
    elif job.final:
        out.line(("Cancelled", "warning"), f" {visible(job.id)}.")
    else:
        out.line(("Asked", "good"), f" for {visible(job.id)} to be stopped; it is {visible(job.word)}.")


def write_result(job: Job, files: Sequence[tuple[str, int]], folder: str, out: Output) -> None:
    """Write what a job came to."""
    _head(job.id, job.state, job.word, f"{_time(job.finished)}" if job.finished else "", out)
    _field("base", job.model, out)
    if job.result:
        _field("model", job.result, out, "good")
    if job.error:
        _field("error", job.error, out, "error")
    if job.trained_tokens is not None:
        _field("trained on", f"{job.trained_tokens:,} tokens", out)
    for name, size in files:
        where = f"in {folder}" if folder else "--out DIR saves it"
        _field("file", f"{name}, {size:,} bytes, {where}", out)
    if not job.final:
        out.line(f"It is not over: palms finetune watch {visible(job.id)}")


def _field(name: str, text: str, out: Output, style: Style = "plain", indent: int = 2) -> None:
    first, *rest = wrapped(visible(text), max(out.terminal.width - INDENT - indent, 30))
    out.line(" " * indent, (f"{name:<{INDENT}}", style), first)
    for line in rest:
        out.line(" " * (INDENT + indent), line)


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if moment is not None else ""


def value_text(command: str, **parts: Any) -> str:
    """What a command says, as JSON; its version goes up when something is renamed or removed."""
    return json_text({"version": VERSION, "command": command, **parts})


def uploaded_value(one: Uploaded) -> dict[str, Any]:
    """A file, as a JSON value."""
    return {
        "split": one.split,
        "name": one.file.name,
        "sha256": one.file.sha256,
        "bytes": one.file.bytes,
        "rows": one.rows,
        "id": one.remote.id,
        "sent": one.sent,
    }


def job_value(job: Job) -> dict[str, Any]:
    """A job, as a JSON value."""
    return {
        "id": job.id,
        "state": job.state,
        "word": job.word,
        "model": job.model,
        "training": job.training or None,
        "validation": job.validation or None,
        "created": job.created.isoformat() if job.created else None,
        "finished": job.finished.isoformat() if job.finished else None,
        "result": job.result or None,
        "error": job.error or None,
        "trained_tokens": job.trained_tokens,
        "progress": job.progress,
    }


def listed_values(jobs: Sequence[Listed]) -> Iterator[Mapping[str, Any]]:
    """The jobs of a project, as JSON values."""
    for one in jobs:
        yield {**_entry_value(one.entry), "trouble": one.trouble or None}


def _entry_value(entry: JobEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude={"last_event", "key_variable"})
