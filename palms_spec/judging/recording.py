"""Files of records that are appended to: a record is on disk, or it is not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from palms_spec.documents.records import RecordModel, read_record
from palms_spec.sources.jsonl import MAX_ROW_BYTES


class RecordFile:
    """A file of records of one model, open for appending."""

    def __init__(self, descriptor: int, model: type[RecordModel]) -> None:
        self._descriptor = descriptor
        _mend_end(descriptor, model)

    def append(self, record: RecordModel) -> None:
        """Add a record. It is on disk when this returns. Raises OSError."""
        data = record.as_line().encode()
        while data:
            data = data[os.write(self._descriptor, data) :]
        os.fsync(self._descriptor)


@contextmanager
def appending(path: Path, model: type[RecordModel]) -> Iterator[RecordFile]:
    """A file of records to append to, made if need be.

    What a process that was killed has left of a record is taken away: a last line without an end that is no record
    was never reported as written. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        _keep_name(path.parent)
        yield RecordFile(descriptor, model)
    finally:
        os.close(descriptor)


def _mend_end(descriptor: int, model: type[RecordModel]) -> None:
    size = os.fstat(descriptor).st_size
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        stream.seek(max(0, size - MAX_ROW_BYTES))
        last = stream.read().rpartition(b"\n")[2]
    if not last:
        return
    if read_record(last, model)[0] is not None:
        os.write(descriptor, b"\n")
    else:
        os.ftruncate(descriptor, size - len(last))


def _keep_name(folder: Path) -> None:
    """Have the name of a new file on disk as well, where the system knows how."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
