"""What comes of handing files to a provider and asking for jobs, as records to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from palms_spec.providers.provider import Cost, Event, Job, Method, RemoteFile, TrainingFile
from palms_spec.targets.state import State
from palms_spec.training.ledger import JobEntry

How = Literal["started", "found", "there"]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that a provider has. `sent`: it was not there before. `rows` and `tokens` are of its manifest."""

    split: str
    file: TrainingFile
    remote: RemoteFile
    sent: bool
    rows: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A cost, or `unknown`: why there is none. Both are empty for what costs nothing."""

    cost: Cost | None = None
    unknown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedJob:
    """A job that would be started now, for somebody to agree to. `closing` is the state of a provider that is coming to
    its end; `estimated`: the tokens are no exact count."""

    provider: str
    place: str
    model: str
    method: Method
    settings: Mapping[str, object]
    files: Sequence[Uploaded]
    estimated: bool
    quote: Quote
    closing: State | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A job: `started` now, `found` to have been started by a call that was cut off, or `there` already."""

    job: Job
    how: How


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the ledger, and why its state could not be asked for, "" if it is as of now or final."""

    entry: JobEntry
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a job stands, and what happened since the look before; or, where there was no answer, `trouble`."""

    job: Job | None
    events: Sequence[Event] = ()
    trouble: str = ""
