"""Opening files that anyone may have put there: regular files of bounded size, or a clear error, and never a wait."""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO

from palms_spec.errors import UnreadableSource

MAX_DOCUMENT_BYTES = 10_000_000
GZIP_MAGIC = b"\x1f\x8b"

# Opening a named pipe waits for a writer, unless told not to. Neither flag exists on every system.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """A regular file, opened for reading bytes.

    Raises UnreadableSource for whatever is missing, forbidden, or no regular file.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise UnreadableSource(_reason(path, error)) from error
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "no regular file")
            raise UnreadableSource(f"expected a file, found {kind}")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_bytes(path: str | os.PathLike[str], limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All bytes of a regular file.

    Raises UnreadableSource where it cannot be opened or read, or holds more than `limit` bytes.
    """
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise _too_large(size, limit)
        try:
            data = stream.read(size + 1)
            if len(data) > size:  # it grew since, or its size is not known beforehand
                data += stream.read(limit + 1 - len(data))
        except OSError as error:
            raise UnreadableSource(_reason(path, error)) from error
    if len(data) > limit:
        raise _too_large(len(data), limit)
    return data


def read_head(path: str | os.PathLike[str], size: int = 4096) -> bytes:
    """The first bytes of a regular file.

    Raises UnreadableSource where it cannot be opened or read.
    """
    with open_regular(path) as stream:
        try:
            return stream.read(size)
        except OSError as error:
            raise UnreadableSource(_reason(path, error)) from error


def is_gzip(path: str | os.PathLike[str]) -> bool:
    """Whether a file holds gzip data, whatever its name.

    Raises UnreadableSource where it cannot be opened.
    """
    with open_regular(path) as stream:
        return stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC


def _too_large(size: int, limit: int) -> UnreadableSource:
    message = f"holds {size / 1e6:,.1f} MB, and a document may have {limit / 1e6:,.1f} MB"
    return UnreadableSource(message, hint="split it, or write its samples as JSONL, which is read row by row")


def _reason(path: str | os.PathLike[str], error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "no file can have this name"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    if error.errno == errno.ENOENT:
        return "a link to a file that does not exist" if os.path.lexists(path) else "no such file"
    if error.errno == errno.EACCES:
        return "no permission to read it"
    if error.errno == errno.ENXIO:
        return "expected a file, found a socket or a device"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
