"""Files that are replaced only if nobody has changed them meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from palms_spec.errors import PalmsError
from palms_spec.sources.atomic import replacing

CHANGED = "it changed while palms was at work; nothing was written"

State = tuple[int, ...]


def file_state(path: Path) -> State:
    """What tells one state of a file from another, without reading it; nothing for a file that is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def replace_unchanged(path: Path, copy: Path, state: State) -> str:
    """Put the content of `copy` in the place of a file that is still in a state; "", or why it was not done."""
    if not path.exists():
        return CHANGED
    if not os.access(path, os.W_OK):
        return "it may not be written to"
    try:
        with replacing(path) as out, copy.open("rb") as new:
            shutil.copyfileobj(new, out)
            if file_state(path) != state:
                raise _Changed(CHANGED)
    except _Changed:
        return CHANGED
    except OSError as error:
        return f"cannot be written: {(error.strerror or str(error)).lower()}"
    return ""


class _Changed(PalmsError):
    """A file is no longer what it was."""
