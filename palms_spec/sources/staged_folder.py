"""Folders that are there whole or not at all."""

from __future__ import annotations

import glob
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = ".palms-"
LEFT_OVER = 3600.0
"""Seconds after which a folder that was being filled belongs to a process that was killed."""


class StagedFolder:
    """A folder that is being filled at `path`, to take the place of `target` once it is complete."""

    def __init__(self, path: Path, target: Path) -> None:
        self.path = path
        self.target = target

    def commit(self) -> None:
        """Let it take its place. Whoever looks, and whenever the process ends, finds the old folder or the new.

        Where the system cannot exchange two folders at once the old one is moved away first, so that for an instant
        there is none; should the process end just then, both lie whole beside the place.
        """
        for path in self.path.rglob("*"):
            _sync(path)
        _sync(self.path)
        if not os.path.lexists(self.target):
            os.rename(self.path, self.target)
        elif not _exchanged(self.path, self.target):
            aside = Path(tempfile.mkdtemp(prefix=_prefix(self.target), dir=self.target.parent)) / "old"
            os.rename(self.target, aside)
            os.rename(self.path, self.target)
            shutil.rmtree(aside.parent)
        _sync(self.target.parent)
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def staged_folder(target: Path) -> Iterator[StagedFolder]:
    """A folder to fill and then to commit; what is not committed is gone at the end. Raises OSError."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy(target)
    path = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    umask = os.umask(0)
    os.umask(umask)
    path.chmod(0o777 & ~umask)
    try:
        yield StagedFolder(path, target)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f"{MARK}{target.name[:80]}."


def _tidy(target: Path) -> None:
    """Remove what a process that was killed has left behind, unless it may be all that there is."""
    left = list(target.parent.glob(glob.escape(_prefix(target)) + "*"))
    if not os.path.lexists(target) and any((path / "old").exists() for path in left):
        return
    for path in left:
        try:
            if time.time() - path.stat().st_mtime > LEFT_OVER:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            pass


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, if the system can."""
    import ctypes

    try:
        library = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, 2) == 0)  # RENAME_SWAP
        here = -100  # AT_FDCWD
        return bool(library.renameat2(here, first, here, second, 2) == 0)  # RENAME_EXCHANGE
    except (AttributeError, OSError, TypeError):
        return False


def _sync(path: Path) -> None:
    """Have the system write what it holds back, where it lets one ask."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
