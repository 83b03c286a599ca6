"""A lock that is held as long as a process lives, and by no longer one, however the process ends."""

from __future__ import annotations

import os
import time
from pathlib import Path

from palms_spec.errors import PalmsError

PATIENCE = 1.0
"""Seconds for which a lock is asked for again: somebody may be looking just now whether it is held."""


def take(path: Path) -> int | None:
    """Lock a file; a descriptor that holds the lock until all copies of it are closed, None where another holds it."""
    deadline = time.monotonic() + PATIENCE
    while (descriptor := _taken(path)) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return descriptor


def is_held(path: Path) -> bool:
    """Whether some process holds the lock."""
    if not path.exists():
        return False
    descriptor = _taken(path)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is None


def _taken(path: Path) -> int | None:
    try:
        import fcntl
    except ImportError as error:
        raise PalmsError("training on this machine needs file locks, which this system does not have") from error
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
