"""Where specs, datasets and rule packs that come with palms are: in an installed package, else in the checkout."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_shipped"


@cache
def shipped() -> Path:
    """The folder that holds `specs`, `datasets` and `rules`."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


@cache
def is_checkout() -> bool:
    """Whether this package is run from a checkout, where its code can change while its version stays."""
    return not _INSTALLED.is_dir()


@cache
def code_state() -> str:
    """What tells one state of the code from another: the version; in a checkout also when the code last changed."""
    from palms_spec import __version__

    if not is_checkout():
        return __version__
    return f"{__version__}+{_last_change(str(_PACKAGE))}"


def _last_change(folder: str) -> int:
    """When the code below a folder last changed, in nanoseconds."""
    newest = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                newest = max(newest, _last_change(entry.path))
            elif entry.name.endswith(".py"):
                newest = max(newest, entry.stat().st_mtime_ns)
    return newest
