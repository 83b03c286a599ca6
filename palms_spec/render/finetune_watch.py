"""A job while it is watched: a line an event, and on a terminal below them one line that is always as of now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from palms_spec.providers.provider import Event, Job
from palms_spec.render.cells import cells
from palms_spec.render.escaping import json_text, visible
from palms_spec.render.finetune import STYLES, dollars, job_value
from palms_spec.render.sparkline import sparkline
from palms_spec.render.terminal import Output, Style
from palms_spec.training.finetuning import Look

LEVELS: dict[str, Style] = {"warning": "warning", "error": "error"}
CLEAR = "\r\x1b[K"
CURVE = 24
LEAST_CURVE = 4
TICK = 1.0


class WatchView:
    """Shows looks at a job. Where nobody looks on, measurements are lines like everything else; on a terminal they move
    the line at the bottom."""

    def __init__(self, out: Output, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.out = out
        self.losses: list[float] = []
        self.held_out: list[float] = []
        self._now = now
        self._live = out.terminal.interactive and not out.terminal.obeyed
        self._job: Job | None = None
        self._latest: dict[str, float] = {}
        self._trouble = ""
        self._drawn = False

    def remember(self, event: Event) -> None:
        """Take in a measurement that is not shown."""
        self._latest |= event.metrics
        if (loss := event.metrics.get("train_loss")) is not None:
            self.losses.append(loss)
        if (loss := event.metrics.get("valid_loss")) is not None:
            self.held_out.append(loss)

    def show(self, look: Look) -> None:
        """Show what is new."""
        self._clear()
        for event in look.events:
            self.remember(event)
            if not (self._live and is_measurement(event)):
                self._line(event.at, event_text(event), LEVELS.get(event.level, "plain"))
        if (job := look.job) is not None:
            if not (self._live or job.final) and (self._job is None or job.state != self._job.state):
                self._line(self._now(), _stands(job), STYLES.get(job.state, "strong"))
            self._job = job
        if look.trouble != self._trouble and look.trouble:
            self._line(self._now(), look.trouble, "warning")
        self._trouble = look.trouble
        self._draw()
        self.out.stream.flush()

    def sleep(self, seconds: float) -> None:
        """Wait, with the line at the bottom kept as of now."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK) if self._live else left)
            self._draw()

    def close(self) -> None:
        """Take the line at the bottom away."""
        self._clear()
        self.out.stream.flush()

    def _line(self, at: datetime, text: str, style: Style) -> None:
        self.out.line((f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}  ", "faint"), (visible(text), style))

    def _clear(self) -> None:
        if self._drawn:
            self.out.stream.write(CLEAR)
            self._drawn = False

    def _draw(self) -> None:
        job = self._job
        if not self._live or job is None or job.final:
            return
        text, width = _stands(job), self.out.terminal.width - 1
        for part in self._standing(job):
            if cells(text) + 2 + cells(part) > width:
                break  # what comes first counts most
            text += f"  {part}"
        else:
            room = min(width - cells(text) - 2, CURVE)
            if room >= LEAST_CURVE and (curve := sparkline(self.losses, room, self.out.stream.encoding)):
                text += f"  {curve}"
        self.out.stream.write(CLEAR + text)
        self.out.stream.flush()
        self._drawn = True

    def _standing(self, job: Job) -> Iterator[str]:
        step, total = self._latest.get("step"), self._latest.get("total_steps")
        if step is not None:
            yield f"step {step:,.0f}" + (f"/{total:,.0f}" if total else "")
        if self.losses:
            yield f"loss {self.losses[-1]:.4f}"
        done = step / total if step is not None and total else job.progress
        if done is not None:
            yield f"{min(done, 1):.0%}"
        if job.created is not None:
            yield elapsed((self._now() - job.created).total_seconds())
        if self.held_out:
            yield f"validation {self.held_out[-1]:.4f}"


def _stands(job: Job) -> str:
    return job.state if job.state != "unknown" else visible(job.word)


def is_measurement(event: Event) -> bool:
    """Whether an event says no more than numbers do."""
    return any(name in event.metrics for name in ("train_loss", "valid_loss")) and event.level == "info"


def event_text(event: Event) -> str:
    """An event in words: its message, or its numbers."""
    if not is_measurement(event) and event.message:
        return event.message
    return measured_text(event.metrics) or event.message


def measured_text(metrics: Mapping[str, float]) -> str:
    """ "step 20/300, epoch 0.20, loss 1.2345, validation 1.3001"."""
    parts = []
    step, total = metrics.get("step"), metrics.get("total_steps")
    if step is not None:
        parts.append(f"step {step:,.0f}" + (f"/{total:,.0f}" if total else ""))
    for name, shown, form in (
        ("epoch", "epoch", ".2f"),
        ("train_loss", "loss", ".4f"),
        ("valid_loss", "validation", ".4f"),
    ):
        if name in metrics:
            parts.append(f"{shown} {metrics[name]:{form}}")
    return ", ".join(parts)


def elapsed(seconds: float) -> str:
    """ "45 s", "12 min", "3 h 5 min"."""
    minutes = int(max(seconds, 0)) // 60
    if minutes < 1:
        return f"{max(seconds, 0):.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def write_end(job: Job, view: WatchView) -> None:
    """Sum a job up that is over."""
    out = view.out
    if len(view.losses) > 1:
        curve = sparkline(view.losses, CURVE, out.stream.encoding)
        held_out = f", validation {view.held_out[-1]:.4f}" if view.held_out else ""
        out.line(f"Loss: {view.losses[0]:.4f} to {view.losses[-1]:.4f}{held_out}  {curve}".rstrip())
    if job.state == "succeeded":
        tokens = f", trained on {job.trained_tokens:,} tokens" if job.trained_tokens is not None else ""
        out.line(("Succeeded", "good"), f": {visible(job.result)}{tokens}.")
        out.line(f"Next: palms finetune result {visible(job.id)}")
    elif job.state == "failed":
        out.line(("Failed", "error"), f": {visible(job.error) or 'no reason is given'}.")
    else:
        out.line(("Cancelled", "warning"), ".")
    if job.cost is not None:
        out.line(f"Cost: {dollars(job.cost)} by {job.cost.by}.")


def look_lines(look: Look, before: Job | None) -> Iterator[str]:
    """The same as JSON, a line an event, and a line whenever the job stands otherwise than before."""
    for event in look.events:
        yield json_text({"event": _event_value(event)})
    if look.trouble:
        yield json_text({"trouble": look.trouble})
    if look.job is not None and look.job != before:
        yield json_text({"job": job_value(look.job)})


def _event_value(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "level": event.level,
        "message": event.message,
        "metrics": dict(event.metrics),
    }
