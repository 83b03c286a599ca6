"""Patches are what `git apply` takes, whatever files and names hold."""

from __future__ import annotations

import os
import subprocess
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.render.patch import MOST_MATCHED, aligned, folder_for, patch


def applied(folder: Path, text: bytes, *options: str) -> None:
    """Apply a patch with git, in a folder that need not be a repository."""
    done = subprocess.run(
        ["git", "apply", "-p1", "--whitespace=nowarn", *options, "-"],
        cwd=folder,
        input=text,
        capture_output=True,
        check=False,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )
    assert done.returncode == 0, done.stderr.decode()


def written(folder: Path, name: str, before: bytes, after: bytes, **given) -> bytes:
    """The patch of a file that is left as it was before."""
    old, new = folder / name, folder / "new file"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(before)
    new.write_bytes(after)
    return b"".join(patch(name, old, new, **given))


def test_a_patch(tmp_path, snapshot):
    before = b"".join(b"line %d\n" % number for number in range(30))
    after = before.replace(b"line 5\n", b"line five\n").replace(b"line 6\n", b"").replace(b"line 12\n", b"12\n12b\n")
    text = written(tmp_path, "a b/na\u00efve.md", before, after[:-1])
    assert text.decode() == snapshot
    applied(tmp_path, text)
    assert (tmp_path / "a b/na\u00efve.md").read_bytes() == after[:-1]


def test_nothing_changes(tmp_path):
    assert written(tmp_path, "a.md", b"a\nb", b"a\nb") == b""


NAMES = [
    "a.md",
    "with blank.md",
    'quo"te.md',
    "back\\slash.md",
    "tab\t.md",
    "line\nbreak.md",
    "naïve 日.md",
    "'a' (1).md",
    "-x.md",
    "a/b/c.md",
    "\x07\x1b.md",
]


@pytest.mark.skipif(os.name == "nt", reason="names as POSIX has them")
@pytest.mark.parametrize("name", [*NAMES, "no text \udcff.md"], ids=ascii)
def test_names_are_quoted_as_git_does(tmp_path, name):
    text = written(tmp_path, name, b"a\n", b"b\n")
    applied(tmp_path, text)
    assert (tmp_path / name).read_bytes() == b"b\n"


@pytest.mark.skipif(os.name == "nt", reason="names as POSIX has them")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_the_head_is_that_of_git(tmp_path, name):
    text = written(tmp_path, name, b"a\n", b"b\n")
    (tmp_path / "new file").unlink()
    run = lambda *command: subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True).stdout  # noqa: E731
    run("init", "-q")
    run("add", "-A")
    (tmp_path / name).write_bytes(b"b\n")
    lines = run("-c", "core.quotepath=true", "diff").splitlines(keepends=True)
    assert text.splitlines(keepends=True) == [line for line in lines if not line.startswith(b"index ")]


lines = st.lists(
    st.sampled_from([b"a", b"b", b"", b"c\r", b"\xc3\xa9", b"-x", b"+y", b"\\ z", b"\x0c", b"\xe2\x80\xa8"]),
    max_size=30,
)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A file, and what it may become."""
    before = draw(lines)
    after = list(before)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(after)))
        after[at : at + draw(st.integers(0, 3))] = draw(lines)[:2]
    ends = [draw(st.sampled_from([b"\n", b""])) for _ in "12"]
    return b"\n".join(before) + ends[0] * bool(before), b"\n".join(after) + ends[1] * bool(after)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files(), st.booleans())
def test_git_makes_the_one_of_the_other(tmp_path_factory, pair, by_line):
    before, after = pair
    if not before or not after:
        return  # git says otherwise that a file comes or goes
    folder = tmp_path_factory.mktemp("patch")
    text = written(folder, "file.txt", before, after, by_line=by_line)
    if text:
        applied(folder, text)
    assert (folder / "file.txt").read_bytes() == after


def test_lines_of_large_files_are_not_matched():
    old, new = ([b"%d\n" % (number * factor) for number in range(MOST_MATCHED + 2)] for factor in (1, -1))
    assert list(aligned(old, new)) == list(zip_longest(old, new))


def test_names_are_relative_to_the_repository(tmp_path):
    project = tmp_path / "a/b"
    project.mkdir(parents=True)
    assert folder_for(project) == project
    (tmp_path / ".git").mkdir()
    assert folder_for(project) == tmp_path
    (tmp_path / "a/.git").write_text("gitdir: elsewhere")
    assert folder_for(project) == tmp_path / "a", "of a worktree or submodule, that"
