from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from palms_spec.errors import ProviderError
from palms_spec.providers.provider import Event, Job
from palms_spec.training.ledger import JobEntry, change_ledger, read_ledger
from palms_spec.workflows.finetune_watch import LONGEST, PATIENCE, looks, noted

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def job_in(state):
    return Job(id="j", state=state, word=state, model="m", result="r" if state == "succeeded" else "")


def event(number):
    return Event(id=f"e{number}", at=NOW, message=f"event {number}")


class Telling:
    """A provider that tells of one job: a step is its state and how many events there are, or an error."""

    name, place, paid = "x", "there", True

    def __init__(self, *steps):
        self.steps = list(steps)
        self.events_there = 0

    def job(self, job_id):
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        state, self.events_there = step
        return job_in(state)

    def events(self, job_id, after):
        known = int(after[1:]) if after else 0
        return [event(number) for number in range(known + 1, self.events_there + 1)]


def told(*steps) -> Any:
    """A provider that tells these steps."""
    return Telling(*steps)


def passing(**given):
    return ProviderError("busy", passing=True, **given)


def test_every_event_is_seen_once_and_the_last_look_has_them_all():
    provider = told(("queued", 1), ("running", 3), ("running", 3), ("succeeded", 6))
    slept: list[float] = []
    seen = list(looks(provider, "j", interval=5.0, sleep=slept.append))
    assert [look.job.state for look in seen if look.job] == ["queued", "running", "running", "succeeded"]
    assert [one.id for look in seen for one in look.events] == ["e1", "e2", "e3", "e4", "e5", "e6"]
    assert slept == [5.0, 5.0, 5.0]


def test_watching_goes_on_after_what_was_seen():
    provider = told(("succeeded", 6))
    (look,) = looks(provider, "j", "e4", sleep=lambda seconds: None)
    assert [one.id for one in look.events] == ["e5", "e6"]


def test_a_provider_that_is_silent_for_a_while_is_asked_again():
    provider = told(("running", 1), passing(), passing(wait=40.0), ("succeeded", 2))
    slept: list[float] = []
    seen = list(looks(provider, "j", interval=5.0, sleep=slept.append))
    assert [bool(look.trouble) for look in seen] == [False, True, True, False]
    assert slept == [5.0, 5.0, 40.0]
    assert seen[1].trouble == "busy; looking again in 5 s"


def test_a_provider_that_stays_silent_is_given_up():
    slept: list[float] = []
    with pytest.raises(ProviderError):
        list(looks(told(*[passing()] * 1_000), "j", sleep=slept.append))
    assert PATIENCE <= sum(slept) <= PATIENCE + LONGEST
    assert max(slept) <= LONGEST


def test_a_refusal_ends_it():
    with pytest.raises(ProviderError, match="no"):
        list(looks(told(ProviderError("no", status=403)), "j", sleep=lambda seconds: None))


@pytest.fixture
def root(tmp_path):
    entry = JobEntry(
        provider="x", place="there", token="t", asked=NOW, dataset="d", folder="f", verified=True, model="m",
        method="sft", training="file", training_sha256="0" * 64, id="j",
    )  # fmt: skip
    change_ledger(tmp_path, lambda ledger: ledger.jobs.append(entry))
    return tmp_path


def test_what_was_shown_is_noted_and_what_was_not_is_not(root):
    provider = told(("queued", 1), ("running", 3), ("succeeded", 4))
    seen = noted(looks(provider, "j", sleep=lambda seconds: None), root, "t")
    next(seen)
    assert read_ledger(root).jobs[0].last_event == "", "it was handed out, and may not have been shown"
    next(seen)
    entry = read_ledger(root).jobs[0]
    assert (entry.last_event, entry.state) == ("e1", "queued")
    assert [look.job.state for look in seen if look.job] == ["succeeded"]
    entry = read_ledger(root).jobs[0]
    assert (entry.last_event, entry.state, entry.result) == ("e4", "succeeded", "r")
