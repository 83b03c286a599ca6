"""What git knows of a folder. The one file that calls git; only local objects are looked at."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from palms_spec.errors import UsageError

# Nothing that a repository's configuration names is started, nothing is locked or fetched, and no path is quoted.
_COMMAND = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=off", "--no-pager", "--no-optional-locks")
DEFAULT_BRANCHES = ("origin/main", "origin/master", "main", "master")
_LINK = "120000"
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit that is checked out, and which of the files asked about differ from it or are not in it."""

    id: str
    changed: tuple[str, ...]


def checked_out(folder: Path, paths: Iterable[str]) -> Commit | None:
    """The commit of the repository around a folder; None where there is none, or no git. Paths are below the folder."""
    found = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    differing = _git(folder, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", "HEAD")
    if found is None or differing is None:
        return None
    commit = found.decode().strip()
    changed, known = set(_names(differing)), set(files_at(folder, commit))
    return Commit(commit, tuple(sorted(path for path in set(paths) if path in changed or path not in known)))


def commit_of(folder: Path, revision: str) -> str:
    """The id of the commit that a revision names. Raises UsageError where there is no such thing."""
    if _git(folder, "rev-parse", "--git-dir") is None:
        raise UsageError(f"{folder} is in no git repository, so there is no revision {revision}")
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    if found is None:
        remote, _, branch = revision.partition("/")
        fetch = f"git fetch {remote} {branch}" if branch else f"git fetch origin {revision}"
        raise UsageError(f"there is no revision {revision} in this repository", hint=f"get it with: {fetch}")
    return found.decode().strip()


def files_at(folder: Path, commit: str) -> list[str]:
    """The files below a folder in a commit, their paths relative to it."""
    return _names(_git(folder, "ls-tree", "-r", "-z", "--name-only", commit) or b"")


def blobs_at(folder: Path, commit: str) -> dict[str, str]:
    """The files below a folder in a commit, with the ids of their contents; links and submodules are left out."""
    found: dict[str, str] = {}
    for entry in _names(_git(folder, "ls-tree", "-r", "-z", commit) or b""):
        head, _, name = entry.partition("\t")
        mode, kind, blob = head.split(" ")
        if kind == "blob" and mode != _LINK:
            found[name] = blob
    return found


def merge_base(folder: Path, one: str, other: str) -> str | None:
    """The commit from which two commits went apart; None where they share none."""
    found = _git(folder, "merge-base", one, other)
    return found.decode().split("\n")[0] if found else None


def default_branch(folder: Path) -> str | None:
    """The branch that changes go into, as far as the repository knows it: that of `origin`, else a local one."""
    head = _git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    names = [head.decode().strip()] if head else []
    for name in (*names, *DEFAULT_BRANCHES):
        if _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}") is not None:
            return name
    return None


def author_of(folder: Path, base: str, head: str | None = None) -> frozenset[str]:
    """The names and mail addresses of those who wrote the commits after `base` up to `head`; without a head up to the
    commit that is checked out, with whoever git takes the user to be."""
    log = _git(folder, "log", "--format=%an%x00%ae", f"{base}..{head or 'HEAD'}") or b""
    found = {part for line in log.decode("utf-8", "replace").splitlines() for part in line.split("\0") if part}
    return frozenset(found if head else found | set(user(folder)))


def user(folder: Path) -> tuple[str, ...]:
    """The name and the mail address that git would give a commit, as far as they are set."""
    asked = (_git(folder, "config", key) for key in ("user.name", "user.email"))
    return tuple(answer.decode("utf-8", "replace").strip() for answer in asked if answer)


def contents_at(folder: Path, commit: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of files below a folder in a commit; those that are not there are passed over."""
    names = [path for path in paths if "\n" not in path]
    asked = "".join(f"{commit}:./{name}\n" for name in names).encode("utf-8", "surrogateescape")
    answer = _git(folder, "cat-file", "--batch", given=asked) or b""
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        head = answer[at:end].rsplit(b" ", 2)
        at = end + 1
        if head[-1] != b"missing" and len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            yield name, answer[at : at + size]
            at += size + 1


def _names(listed: bytes) -> list[str]:
    return [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What a git command prints; None where it fails, or there is no git."""
    try:
        done = subprocess.run(
            [*_COMMAND, "-C", os.fspath(folder), *arguments],
            input=given,
            capture_output=True,
            env={**os.environ, **_ENVIRONMENT},
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
