"""What every provider of fine-tuning can be asked for, and the records it answers with.

A provider is told apart by `name` and `place`; together they are what a file's or a job's id is valid for. Its methods
try again by themselves what is worth trying again. They raise ProviderError for what a provider does not do, UsageError
for what it cannot be asked, MissingExtra where its client is not installed.

`workflows.finetune_providers` picks one by name. Those of other companies are in this folder; `local` is given a folder
to work in: `palms_spec.training.local.provider.local_provider(folder)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

Method = Literal["sft", "dpo"]
JobState = Literal[
    "validating", "queued", "running", "paused", "cancelling", "succeeded", "failed", "cancelled", "unknown"
]
"""`validating` is everything before the queue, `running` everything until the result can be used. `unknown` is a word
that a provider has come to use since; it counts as not finished."""
FINAL: frozenset[JobState] = frozenset({"succeeded", "failed", "cancelled"})
Level = Literal["info", "warning", "error"]
Sent = Callable[[int], None]
"""Is told how many bytes of a file have been sent so far; that may fall back when it is sent again."""


@dataclass(frozen=True, slots=True)
class TrainingFile:
    """A file on this machine. `name` is what it is called at the provider, and has the start of `sha256` in it."""

    path: Path
    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that a provider has. `ready`: jobs can use it. `problem` says why they never will, "" if they will."""

    id: str
    name: str
    bytes: int | None = None
    ready: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to train; None and "" leave it to the provider. `extra` are settings that only this provider has, by its own
    names for them."""

    epochs: int | None = None
    batch_size: int | None = None
    learning_rate: float | None = None
    lora_rank: int | None = None
    seed: int | None = None
    suffix: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """A job to start. `token` is a word of 24 letters and digits that no other request has; the provider is told it, if
    it takes such a thing, so that the job can be found should its answer be lost. `training` and `validation` are ids
    of files at the provider; `asked` is when the request was first made; `known` are ids of jobs that came of other
    requests."""

    token: str
    model: str
    method: Method
    training: str
    validation: str | None
    settings: Settings
    asked: datetime
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a job will cost, in US dollars, and by whose word: a price table of a day, or the provider's own estimate.

    `note` is what the amount leaves open."""

    dollars: float
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as a provider tells of it. `word` is its own word for the state. `result` is the name under which the model
    can be called (or the folder it lies in), "" as long as there is none. `progress` goes from 0 to 1. `error` is why
    it failed. `token` is that of the request, "" where the provider keeps none. `cost` is told by some once there is a
    job."""

    id: str
    state: JobState
    word: str
    model: str
    training: str = ""
    validation: str = ""
    created: datetime | None = None
    finished: datetime | None = None
    result: str = ""
    error: str = ""
    trained_tokens: int | None = None
    progress: float | None = None
    token: str = ""
    cost: Cost | None = None

    @property
    def final(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a job. `id` is the same each time it is told, `at` is in UTC.

    `metrics` are numbers by name; those that are shown are `step`, `total_steps`, `epoch`, `train_loss`, `valid_loss`.
    """

    id: str
    at: datetime
    message: str
    level: Level = "info"
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A small file that a job leaves behind, such as its metrics."""

    name: str
    content: bytes


class Provider(Protocol):
    """Somebody who trains models."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def place(self) -> str:
        """Whom or where it asks: an address without secrets, with the account if that is part of it; or a folder."""

    @property
    def paid(self) -> bool:
        """Whether its jobs cost money, so that the user is asked first."""

    def check(self, request: JobRequest) -> None:
        """Raise UsageError for settings or a model that this provider cannot take. Asks nobody."""

    def find_file(self, file: TrainingFile) -> RemoteFile | None:
        """The file with these very bytes, if the provider has it already."""

    def file(self, file_id: str) -> RemoteFile | None:
        """A file by its id; None if the provider has none, or none any more."""

    def upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        """Hand a file over. It may not be ready yet; `file` tells when it is."""

    def estimate(self, request: JobRequest) -> Cost | None:
        """The provider's own estimate of what a job costs, if it gives one. Its files have to be ready."""

    def start(self, request: JobRequest) -> Job:
        """Start a job; it is back as soon as there is one. Where it is not certain that nothing came of it, the error
        that is raised has `undone` False."""

    def find_job(self, request: JobRequest) -> Sequence[Job]:
        """The jobs that may have come of a request whose answer was lost: the one with its token if the provider keeps
        tokens, else those with its files and model that are newer than it and not known."""

    def job(self, job_id: str) -> Job:
        """A job by its id."""

    def jobs(self, most: int) -> Sequence[Job]:
        """The jobs of the account, newest first, at most so many."""

    def events(self, job_id: str, after: str) -> Sequence[Event]:
        """What happened to a job, oldest first: everything after the event with an id, all of it if that is "" or not
        known any more."""

    def cancel(self, job_id: str) -> Job:
        """Ask for a job to be stopped; it may take a while until it is."""

    def result_files(self, job: Job) -> Iterator[ResultFile]:
        """What a finished job leaves behind besides its model."""
