"""What git knows of a folder. The one file that calls git; only local objects are looked at."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from palms_spec.errors import UsageError
from palms_spec.sources.fetch_lines import fetch_line, refetch_line

# Nothing that a repository's configuration names is started, nothing is locked or fetched, and no path is quoted.
_COMMAND = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=off", "--no-pager", "--no-optional-locks")
DEFAULT_BRANCHES = ("origin/main", "origin/master", "main", "master")
_LINK = "120000"
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # before 2.44 git knows no other word against fetching what a partial clone lacks
}
# Set in a hook, where they lead elsewhere once git is asked about another folder.
_OF_A_HOOK = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"))
_RAW = re.compile(r":\d+ \d+ ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [A-Z]\d*")
_NAMES = "%x01%an%x01%ae%x01%aN%x01%aE%x01%(trailers:key=Co-authored-by,valueonly,separator=%x01)"


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


def find_commit(folder: Path, revision: str) -> str | None:
    """The id of the commit that a revision names, None where there is no such thing."""
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    return found.decode().strip() if found else None


def commit_of(folder: Path, revision: str) -> str:
    """The id of the commit that a revision names. Raises UsageError where there is no such thing; the hint is the line
    that brings it."""
    found = find_commit(folder, revision)
    if found is None:
        _check_repository(folder, revision)
        fetch = fetch_line(revision, remotes(folder))
        raise UsageError(
            f"there is no revision {revision} in this repository",
            hint=f"get it with: {fetch}" if fetch else "this repository has no remote to get it from",
        )
    return found


def _check_repository(folder: Path, revision: str) -> None:
    done = _run(folder, "rev-parse", "--git-dir")
    if done is None:
        raise UsageError("git is not installed, and without it there are no revisions")
    if b"dubious ownership" in done.stderr:
        raise UsageError(
            f"the repository around {folder} belongs to somebody else, so git does not read it",
            hint=f"if you trust it: git config --global --add safe.directory {folder.absolute()}",
        )
    if done.returncode:
        raise UsageError(f"{folder} is in no git repository, so there is no revision {revision}")


def remotes(folder: Path) -> list[str]:
    """The names of the remotes of a repository."""
    return (_git(folder, "remote") or b"").decode("utf-8", "replace").split()


def lacking_history(folder: Path) -> bool:
    """Whether the repository is a shallow clone, which knows the last commits alone."""
    return (_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def files_at(folder: Path, commit: str) -> list[str]:
    """The files below a folder in a commit, their paths relative to it."""
    return _names(_git(folder, "ls-tree", "-r", "-z", "--name-only", commit) or b"")


def blobs_at(folder: Path, commit: str) -> dict[str, str]:
    """The files below a folder in a commit, with the ids of their contents; links and submodules are left out. Raises
    UsageError where the commit is not here as a whole."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit)
    if listed is None:
        raise _incomplete(folder, commit)
    found: dict[str, str] = {}
    for entry in _names(listed):
        head, _, name = entry.partition("\t")
        mode, kind, blob = head.split(" ")
        if kind == "blob" and mode != _LINK:
            found[name] = blob
    return found


def blobs(folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Contents by their ids. Raises UsageError where one is not here, as in a partial clone."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return
    answer = _git(folder, "cat-file", "--batch", given="".join(one + "\n" for one in wanted).encode())
    at = 0
    for one in wanted:
        head, _, _ = (answer or b"")[at : at + 200].partition(b"\n")
        if answer is None or not head or head.endswith(b"missing"):
            raise _incomplete(folder, one)
        size, at = int(head.rsplit(b" ", 1)[1]), at + len(head) + 1
        yield one, answer[at : at + size]
        at += size + 1


@contextmanager
def open_blob(folder: Path, one: str) -> Iterator[BinaryIO]:
    """A content by its id, to be read piece by piece. Raises UsageError where it is not here."""
    with subprocess.Popen(
        [*_COMMAND, "-C", os.fspath(folder), "cat-file", "blob", one],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
    ) as process:
        assert isinstance(process.stdout, BufferedReader), "a pipe is buffered"
        if not process.stdout.peek(1) and process.wait():
            raise _incomplete(folder, one)
        yield process.stdout


def _incomplete(folder: Path, name: str) -> UsageError:
    hint = f"get it with: {refetch_line(remotes(folder))}"
    return UsageError(f"this clone does not hold all that {name[:12]} is made of", hint=hint)


def merge_base(folder: Path, one: str, other: str) -> str | None:
    """The commit from which two commits went apart; None where they share none."""
    found = _git(folder, "merge-base", one, other)
    return found.decode().split("\n")[0] if found else None


def default_branch(folder: Path) -> str | None:
    """The branch that changes go into, as far as the repository knows it: that of `origin`, else a local one."""
    head = _git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    names = [head.decode().strip()] if head else []
    return next((name for name in (*names, *DEFAULT_BRANCHES) if find_commit(folder, name) is not None), None)


def authors_between(folder: Path, base: str, head: str) -> dict[str, set[str]]:
    """Names and mail addresses of those who wrote the commits after `base` up to `head`, co-authors among them, by the
    paths below the folder that these commits touch. Of a merge only what is in neither of its parents counts."""
    mark = secrets.token_hex(8)  # so that no file is named as a commit begins
    shown = ("--name-only", "--no-renames", "--relative", "-z", f"--format=tformat:{mark}{_NAMES}")
    log = _git(folder, "log", "-c", *shown, f"{base}..{head}")
    found: dict[str, set[str]] = {}
    wrote: set[str] = set()
    for entry in (log or b"").decode("utf-8", "surrogateescape").split("\0"):
        if entry.startswith(mark):
            wrote = {part for part in entry.removeprefix(mark).split("\x01") if part}
        elif name := entry.removeprefix("\n"):
            found.setdefault(name, set()).update(wrote)
    return found


def contents_ever(folder: Path, head: str, paths: Iterable[str]) -> set[tuple[str, str]]:
    """What files or folders below the folder held in any commit up to `head`: names with ids of contents."""
    given = [f":(literal){path}" for path in paths]
    shown = ("--format=", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z", "-m", "--full-history")
    log = _git(folder, "log", *shown, head, "--", *given) if given else None
    entries = (log or b"").decode("utf-8", "surrogateescape").split("\0")
    found: set[tuple[str, str]] = set()
    for about, name in pairwise(entries):
        if match := _RAW.fullmatch(about.lstrip("\n")):
            found.update((name, blob) for blob in match.groups() if blob.strip("0"))
    return found


def user(folder: Path) -> tuple[str, ...]:
    """The name and the mail address that git would give a commit, as far as they are set."""
    asked = (_git(folder, "config", key) for key in ("user.name", "user.email"))
    return tuple(answer.decode("utf-8", "replace").strip() for answer in asked if answer)


def kept_files(folder: Path) -> frozenset[str] | None:
    """The files below a folder that git tracks or would take up; None where there is no repository. What it ignores is
    not among them."""
    listed = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return None if listed is None else frozenset(_names(listed))


def prefix_of(folder: Path) -> str:
    """The path of a folder from the top of its repository, with `/` at the end; "" for the top itself."""
    return (_git(folder, "rev-parse", "--show-prefix") or b"").decode("utf-8", "surrogateescape").rstrip("\n")


def contents_at(folder: Path, commit: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of files below a folder in a commit; those that are not there are passed over."""
    ids = blobs_at(folder, commit)
    wanted = {path: ids[path] for path in paths if path in ids}
    held = dict(blobs(folder, wanted.values()))
    yield from ((path, held[one]) for path, one in wanted.items())


def _names(listed: bytes) -> list[str]:
    return [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What a git command prints; None where it fails, or there is no git."""
    done = _run(folder, *arguments, given=given)
    return done.stdout if done is not None and done.returncode == 0 else None


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    command = [*_COMMAND, "-C", os.fspath(folder), *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, env=_surroundings(), check=False)
    except OSError:
        return None


def _surroundings() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return {**inherited, **_ENVIRONMENT}
