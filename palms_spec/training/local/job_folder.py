"""The folder of a job: what was asked, how far it is, and everything that it writes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import orjson

from palms_spec.sources.atomic import write_atomically
from palms_spec.training.local import job_lock
from palms_spec.training.local.events import EventFile
from palms_spec.training.local.settings import TrainingSettings

Word = Literal["starting", "training", "saving", "succeeded", "failed", "cancelled", "interrupted"]
OVER: frozenset[Word] = frozenset(("succeeded", "failed", "cancelled"))
VERSION = 1
RECORD_FILE = "training.json"
"""What is written last of a trained model: how it was trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """What a job is to do. `model` is as the user names it, `base` a folder or the name under which it is fetched;
    `training` and `validation` are ids of kept files; `tokens` are those of the requests that asked for this job."""

    id: str
    model: str
    base: str
    training: str
    validation: str | None
    settings: TrainingSettings
    created: datetime
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is. `error` is why it failed, and `hint` what to do about it."""

    word: Word
    error: str = ""
    hint: str = ""
    finished: datetime | None = None

    @property
    def over(self) -> bool:
        """Whether no process will do more, unless somebody starts it again."""
        return self.word in OVER


class JobFolder:
    """A job that lies in a folder named as itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.order_file = path / "job.json"
        self.lock = path / "lock"
        self.log = path / "log.txt"
        self.checkpoints = path / "checkpoints"
        self.cache = path / "cache"
        self.result = path / "model"
        self.events = EventFile(path / "events.jsonl")
        self._state = path / "state.json"
        self._stop = path / "stop"

    @property
    def id(self) -> str:
        """The job's name."""
        return self.path.name

    def order(self) -> JobOrder:
        """What was asked."""
        value = orjson.loads(self.order_file.read_bytes())
        return JobOrder(
            id=self.id,
            model=value["model"],
            base=value["base"],
            training=value["training"],
            validation=value["validation"],
            settings=TrainingSettings.model_validate(value["settings"]),
            created=datetime.fromisoformat(value["created"]),
            tokens=tuple(value["tokens"]),
        )

    def write_order(self, order: JobOrder) -> None:
        """Note what was asked."""
        value = {
            "palms_job": VERSION,
            "model": order.model,
            "base": order.base,
            "training": order.training,
            "validation": order.validation,
            "settings": order.settings.model_dump(),
            "created": order.created,
            "tokens": order.tokens,
        }
        write_atomically(self.order_file, orjson.dumps(value, option=orjson.OPT_INDENT_2))

    def progress(self) -> JobProgress:
        """How far it is; `interrupted` where it is not at an end and no process works on it."""
        held = job_lock.is_held(self.lock)  # before the state is read, lest a job ends in between
        try:
            value = orjson.loads(self._state.read_bytes())
        except FileNotFoundError:
            return JobProgress("starting" if held else "interrupted")
        finished = datetime.fromisoformat(value["finished"]) if value["finished"] else None
        found = JobProgress(value["word"], value["error"], value["hint"], finished)
        if found.word == "succeeded" and not (self.result / RECORD_FILE).is_file():
            return JobProgress("failed", "the trained model is no longer there", "start it again", finished)
        return found if held or found.over else JobProgress("interrupted")

    def note(self, word: Word, error: str = "", hint: str = "") -> None:
        """Note how far it is."""
        value = {
            "word": word,
            "error": error,
            "hint": hint,
            "finished": datetime.now(UTC).isoformat() if word in OVER else None,
        }
        write_atomically(self._state, orjson.dumps(value, option=orjson.OPT_INDENT_2))

    def ask_to_stop(self) -> None:
        """Have the process that works on it stop after the step that it is at."""
        self._stop.touch()

    def forget_stop(self) -> None:
        """Take that back."""
        self._stop.unlink(missing_ok=True)

    @property
    def stop_asked(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.exists()

    def keep(self, name: str, value: Mapping[str, Any] | list[Any]) -> None:
        """Keep what must be the same if the job is interrupted and goes on."""
        write_atomically(self.path / name, orjson.dumps(value, option=orjson.OPT_INDENT_2))

    def kept(self, name: str) -> Any:
        """What was kept under a name; None if nothing was."""
        try:
            return orjson.loads((self.path / name).read_bytes())
        except FileNotFoundError:
            return None


def job_folders(root: Path) -> list[JobFolder]:
    """All jobs below a folder, the newest first."""
    found = [JobFolder(path) for path in root.iterdir() if (path / "job.json").is_file()] if root.is_dir() else []
    return sorted(found, key=lambda job: (job.order().created, job.id), reverse=True)


def make_folder(path: Path) -> None:
    """A folder that git passes over, with all that is in it."""
    path.mkdir(parents=True, exist_ok=True)
    ignore = path / ".gitignore"
    if not os.path.lexists(ignore):
        write_atomically(ignore, b"*\n")
