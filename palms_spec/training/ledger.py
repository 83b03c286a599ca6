"""What was handed to providers and asked of them, kept in the project: `.palms/finetune.json`.

It is written before a file is sent and before a job is asked for, and again when the answer is there, so that whatever
ends the process, the next one knows what may have been done. It is meant to be read, and holds no secrets.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.providers.provider import Job, JobState, Method
from palms_spec.sources.atomic import write_atomically
from palms_spec.sources.files import read_bytes
from palms_spec.sources.locked import locked

LEDGER_FILE = ".palms/finetune.json"
LOCK_FILE = ".palms/cache/finetune.lock"
VERSION = 1
MOST_BYTES = 50_000_000
Result = TypeVar("Result")


class Entry(BaseModel):
    """Something of the ledger."""

    model_config = ConfigDict(extra="forbid")


class FileEntry(Entry):
    """A file that was sent to a provider, or began to be; then it has no id."""

    provider: str
    place: str
    path: str
    name: str
    sha256: str
    bytes: int
    id: str | None = None
    began: datetime


class Price(Entry):
    """What a job was said to cost."""

    dollars: float
    by: str


class JobEntry(Entry):
    """A job that was asked for. It has no id as long as no answer came; `token` is what it can be found by. Its state
    is that of when the provider was last asked, `seen`."""

    provider: str
    place: str
    base_url: str | None = None
    key_variable: str | None = None
    token: str
    asked: datetime
    dataset: str
    folder: str
    verified: bool
    model: str
    method: Method
    training: str
    training_sha256: str
    validation: str | None = None
    validation_sha256: str | None = None
    settings: dict[str, JsonValue] = Field(default_factory=dict)
    cost: Price | None = None
    id: str | None = None
    state: JobState = "unknown"
    word: str = ""
    result: str = ""
    error: str = ""
    trained_tokens: int | None = None
    seen: datetime | None = None
    last_event: str = ""

    def take(self, job: Job, now: datetime) -> None:
        """Note how a job stands."""
        self.id, self.state, self.word = job.id, job.state, job.word
        self.result, self.error, self.trained_tokens = job.result, job.error, job.trained_tokens
        if job.cost is not None:
            self.cost = Price(dollars=job.cost.dollars, by=job.cost.by)
        self.seen = now


class Ledger(Entry):
    """Files and jobs, the oldest first."""

    palms_finetune: Literal[1] = 1
    files: list[FileEntry] = Field(default_factory=list)
    jobs: list[JobEntry] = Field(default_factory=list)

    def file(self, provider: str, place: str, sha256: str) -> FileEntry | None:
        """The last entry for these bytes at a provider."""
        wanted = (provider, place, sha256)
        return next((one for one in reversed(self.files) if (one.provider, one.place, one.sha256) == wanted), None)

    def note_file(self, entry: FileEntry) -> None:
        """Add the entry of a file, in the place of an older one for the same bytes."""
        old = self.file(entry.provider, entry.place, entry.sha256)
        if old is not None and old.id == entry.id:
            return
        if old is not None:
            self.files.remove(old)
        self.files.append(entry)

    def job(self, job_id: str) -> JobEntry | None:
        """The entry of a job by its id."""
        return next((one for one in reversed(self.jobs) if one.id == job_id), None)

    def requested(self, token: str) -> JobEntry | None:
        """The entry of a request."""
        return next((one for one in self.jobs if one.token == token), None)

    def known(self, provider: str, place: str) -> frozenset[str]:
        """Ids of the jobs at a provider."""
        return frozenset(one.id for one in self.jobs if one.id and (one.provider, one.place) == (provider, place))


def read_ledger(root: Path) -> Ledger:
    """The ledger of a project, an empty one if there is none. Raises UsageError for what is none."""
    path = root / LEDGER_FILE
    if not path.exists():
        return Ledger()
    try:
        return Ledger.model_validate_json(read_bytes(path, MOST_BYTES))
    except UnreadableSource as error:
        raise UsageError(f"{LEDGER_FILE}: {error.message}", hint=error.hint) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"{LEDGER_FILE} is not as palms finetune wrote it: {where + ': ' if where else ''}{first['msg'].lower()}",
            hint="mend it or move it away; the jobs go on, and `palms finetune list --provider NAME` shows them",
        ) from None


def change_ledger(root: Path, change: Callable[[Ledger], Result]) -> Result:
    """Change the ledger of a project; what `change` returns. No other process changes it meanwhile."""
    with locked(root / LOCK_FILE, patience=60.0, busy="another palms is writing .palms/finetune.json"):
        ledger = read_ledger(root)
        result = change(ledger)
        path = root / LEDGER_FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, (json.dumps(ledger.model_dump(mode="json"), indent=2) + "\n").encode("ascii"))
    return result
