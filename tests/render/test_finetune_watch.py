from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from palms_spec.providers.provider import Event, Job
from palms_spec.render.finetune_watch import CLEAR, WatchView, elapsed, event_text, look_lines, write_end
from palms_spec.render.terminal import Output, Terminal
from palms_spec.training.finetuning import Look

BEGAN = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Screen(io.StringIO):
    """What was written, and what a terminal of one line's height would show last."""

    encoding = "utf-8"

    def lines(self):
        return self.getvalue().replace(CLEAR, "\n~ ").splitlines()


def job_in(state, **given):
    return Job(id="j", state=state, word=state, model="m", created=BEGAN, **given)


def measured(step, loss, **more):
    metrics = {"step": step, "total_steps": 100, "train_loss": loss, **more}
    return Event(id=str(step), at=BEGAN + timedelta(seconds=step), message="", metrics=metrics)


def said(number, message, level="info"):
    return Event(id=f"m{number}", at=BEGAN + timedelta(seconds=number), message=message, level=level)


def view_on(screen, *, interactive, width=80):
    now = BEGAN + timedelta(minutes=12)
    return WatchView(Output(screen, Terminal(width, False, interactive)), lambda: now)


OVER = job_in("succeeded", result="ft:m", trained_tokens=1234)
LOOKS = [
    Look(job_in("queued"), [said(0, "created")]),
    Look(job_in("running"), [said(1, "started"), measured(10, 2.0), measured(20, 1.5, valid_loss=1.6)]),
    Look(None, (), "busy; looking again in 5 s"),
    Look(job_in("running"), [measured(30, 1.0), said(31, "odd row", "warning")]),
    Look(OVER, [measured(100, 0.5)]),
]


def test_in_a_pipe_everything_is_a_line(snapshot):
    screen = Screen()
    view = view_on(screen, interactive=False)
    for look in LOOKS:
        view.show(look)
    view.close()
    write_end(OVER, view)
    assert "\r" not in screen.getvalue()
    assert "\x1b" not in screen.getvalue()
    assert screen.getvalue() == snapshot


@pytest.mark.parametrize("width", [40, 80, 120])
def test_on_a_terminal_measurements_move_one_line(snapshot, width):
    screen = Screen()
    view = view_on(screen, interactive=True, width=width)
    for look in LOOKS:
        view.show(look)
    view.close()
    write_end(OVER, view)
    assert "\n".join(screen.lines()) == snapshot
    standing = [line for line in screen.lines() if line.startswith(("~ queued", "~ running"))]
    assert len(standing) == 4
    assert all(len(line.removeprefix("~ ")) < width for line in standing)


@pytest.mark.parametrize(
    "job",
    [
        job_in("failed", error="row 3 \x1b[31m is\nno row"),
        job_in("failed"),
        job_in("cancelled"),
        job_in("succeeded", result="ft:\u202em"),
    ],
    ids=["failed", "failed for no reason", "cancelled", "succeeded"],
)
def test_how_it_ended(snapshot, job):
    screen = Screen()
    view = view_on(screen, interactive=False)
    view.show(Look(job))
    write_end(job, view)
    assert screen.getvalue() == snapshot
    assert "\x1b" not in screen.getvalue()


@pytest.mark.parametrize("interactive", [True, False], ids=["terminal", "pipe"])
def test_what_a_provider_says_is_shown_and_not_obeyed(interactive):
    screen = Screen()
    view = view_on(screen, interactive=interactive)
    hostile = "\x1b]0;title\x07 \r\x1b[2J ::error::x \u202e"
    job = Job(id="j", state="unknown", word=hostile, model=hostile, created=BEGAN)
    view.show(Look(job, [said(1, hostile)], hostile))
    view.show(Look(None, (), hostile))
    view.close()
    text = screen.getvalue().replace(CLEAR, "")
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)


def test_lines_of_json_tell_every_event_and_every_change():
    lines: list[str] = []
    before = None
    for look in LOOKS:
        lines += look_lines(look, before)
        before = look.job or before
    kinds = [line.split('"')[1] for line in lines]
    assert kinds == ["event", "job", *["event"] * 3, "job", "trouble", "event", "event", "event", "job"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "0 s"), (0, "0 s"), (59.4, "59 s"), (60, "1 min"), (3599, "59 min"), (11_100, "3 h 5 min")],
)
def test_time_is_told_in_words(seconds, text):
    assert elapsed(seconds) == text


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (measured(1, 2.0), "step 1/100, loss 2.0000"),
        (Event(id="1", at=BEGAN, message="Step 1: loss=2", metrics={"train_loss": 2.0}), "loss 2.0000"),
        (Event(id="1", at=BEGAN, message="saved", metrics={"step": 7}), "saved"),
        (Event(id="1", at=BEGAN, message="", metrics={"step": 7, "epoch": 0.5}), "step 7, epoch 0.50"),
        (Event(id="1", at=BEGAN, message="diverged", level="error", metrics={"train_loss": 9.0}), "diverged"),
        (Event(id="1", at=BEGAN, message="", metrics={}), ""),
    ],
)
def test_an_event_is_its_message_or_its_numbers(event, text):
    assert event_text(event) == text
