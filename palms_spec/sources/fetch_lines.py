"""The commands that bring what a repository lacks. They are shown, and never run."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAG = re.compile(r"v?\d+(\.\d+)+")
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def fetch_line(revision: str, remotes: Sequence[str]) -> str:
    """The command after which a revision that is missing is there, under the name that was asked for, if a remote has
    it; "" where there is no remote."""
    if not remotes:
        return ""
    name = re.split(r"[~^@]", revision)[0] or revision
    head, _, branch = name.removeprefix("refs/remotes/").partition("/")
    if head in remotes and branch:
        return f"git fetch {head} {branch}:refs/remotes/{head}/{branch}"
    remote = _usual(remotes)
    if _OBJECT.fullmatch(name):
        return f"git fetch {remote} {name}"
    return f"git fetch {remote} tag {name}" if _TAG.fullmatch(name) else f"git fetch {remote} {name}:{name}"


def refetch_line(remotes: Sequence[str]) -> str:
    """The command after which a partial clone holds all contents."""
    return f"git fetch --refetch --no-filter {_usual(remotes)}"


def _usual(remotes: Sequence[str]) -> str:
    return "origin" if "origin" in remotes or not remotes else remotes[0]
