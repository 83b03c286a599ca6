"""What happens to a job, as lines of a file that is only added to: whoever reads it while it grows, or after a kill in
the middle of a line, sees whole events."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import orjson

from palms_spec.providers.provider import Event, Level


class EventFile:
    """The events of a job. Their ids are their numbers, from 1."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next: int | None = None

    def add(self, message: str, level: Level = "info", metrics: Mapping[str, float] | None = None) -> None:
        """Add an event that happens now."""
        if self._next is None:
            self._next = self._mend() + 1
        row = {
            "id": self._next,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "message": message,
            "level": level,
            "metrics": dict(metrics or {}),
        }
        with self._path.open("ab") as file:
            file.write(orjson.dumps(row) + b"\n")
        self._next += 1

    def read(self, after: int = 0) -> list[Event]:
        """The events behind a number, oldest first."""
        return [_event(line) for line in self._lines()[after:]]

    def _lines(self) -> list[bytes]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return []
        return data[: data.rfind(b"\n") + 1].splitlines()

    def _mend(self) -> int:
        """Take away half a line at the end; the number of whole ones."""
        lines = self._lines()
        if self._path.exists():
            os.truncate(self._path, sum(map(len, lines)) + len(lines))
        return len(lines)


def _event(line: bytes) -> Event:
    row = orjson.loads(line)
    return Event(
        id=str(row["id"]),
        at=datetime.fromisoformat(row["at"]),
        message=row["message"],
        level=row["level"],
        metrics=row["metrics"],
    )
