"""Results of earlier runs: one SQLite file below the project's root, that may be deleted at any time.

A key is a hash over everything the value depends on, so a value is never stale; what is oldest is dropped.
A file that is broken, locked or not writable is silently done without. Nobody waits for the disk: what a power cut
leaves half written is known by its seal, a hash over the value.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from pathlib import Path

from palms_spec.engine.packing import dumps
from palms_spec.shipped import code_state

FOLDER = ".palms/cache"
KEPT_ROWS = 50_000
SEAL_BYTES = 8
_SCHEMA = """CREATE TABLE IF NOT EXISTS results
    (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"""


def key_over(*parts: object) -> bytes:
    """The key of a value that depends on these JSON values and bytes, and on the state of the code."""
    digest = blake2b(code_state().encode(), digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else dumps(part)
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


class Cache:
    """Values by key. Nothing raises; `get` answers None for what is not there."""

    def __init__(self, root: Path | None) -> None:
        self._path = root / FOLDER / "lint.sqlite" if root is not None else None
        self._connection = _open(self._path) if self._path is not None else None
        self._new: dict[bytes, bytes] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything can be remembered."""
        return self._connection is not None

    def get(self, key: bytes) -> bytes | None:
        """The value of a key."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        seal, value = (row[0][:SEAL_BYTES], row[0][SEAL_BYTES:]) if row else (b"", b"")
        return value if seal == _seal(value) else None

    def put(self, key: bytes, value: bytes) -> None:
        """Remember a value; it is written when the cache is closed."""
        if self._connection is not None:
            self._new[key] = _seal(value) + value

    def close(self) -> None:
        """Write what is new, and drop the oldest of too many rows."""
        if self._connection is None:
            return
        try:
            if self._new:
                with self._connection:
                    self._connection.executemany(
                        "INSERT OR REPLACE INTO results (key, value) VALUES (?, ?)", self._new.items()
                    )
                    self._connection.execute(
                        "DELETE FROM results WHERE number <= (SELECT MAX(number) FROM results) - ?", (KEPT_ROWS,)
                    )
            self._connection.close()
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the file from now on, and without a broken one for good."""
        if self._connection is not None and self._path is not None:
            self._connection.close()
            if not isinstance(error, sqlite3.OperationalError):
                _remove(self._path)
        self._connection = None


def _seal(value: bytes) -> bytes:
    return blake2b(value, digest_size=SEAL_BYTES).digest()


def _open(path: Path) -> sqlite3.Connection | None:
    folder = path.parent
    for attempt in (1, 2):
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
                (folder / ".gitignore").write_text("*\n", "utf-8")
            connection = sqlite3.connect(path, timeout=1)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_SCHEMA)
            return connection
        except OSError:
            return None
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            if attempt == 1:
                _remove(path)
    return None


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        try:
            name.unlink(missing_ok=True)
        except OSError:
            pass
