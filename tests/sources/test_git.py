from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO

import pytest

from palms_spec.errors import UsageError
from palms_spec.sources.fetch_lines import fetch_line
from palms_spec.sources.git import (
    authors_between,
    blobs,
    blobs_at,
    commit_of,
    contents_at,
    contents_ever,
    default_branch,
    kept_files,
    lacking_history,
    merge_base,
    open_blob,
    prefix_of,
    remotes,
    user,
)
from palms_spec.sources.trees import git_mark
from tests.scratch import ANN, BOB, EVE, Scratch

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
ODD = [
    "a b/--all.md",
    "'quoted \"x\"'.md",
    "ряды/строка.md",
    "new\nline.md",
    "tab\there.md",
    "\x01mark.md",
    ":(glob)*.md",
]


@pytest.fixture
def repository(tmp_path) -> Scratch:
    scratch = Scratch(tmp_path / "origin")
    scratch.root.mkdir()
    scratch.git("init", "--quiet", "--initial-branch=main")
    scratch.commit({"specs/a.yaml": "a: 1\n"}, by=ANN)
    return scratch


def clone(repository: Scratch, *options: str) -> Scratch:
    """A clone that fetches over a transport, so that it may be shallow or partial."""
    target = repository.root.parent / f"clone{''.join(options)}".replace("/", "_")
    address = f"file://{repository.root}"
    subprocess.run(["git", "clone", "--quiet", *options, address, target], check=True, capture_output=True)
    return Scratch(target)


def run_line(scratch: Scratch, hint: str) -> None:
    """Run the command that a hint names, as a user pastes it."""
    command = re.search(r"git fetch [^;]*", hint)
    assert command, hint
    done = subprocess.run(command[0], shell=True, cwd=scratch.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_merge_base_is_where_two_branches_went_apart(repository):
    start = commit_of(repository.root, "main")
    repository.git("checkout", "--quiet", "-b", "change")
    ours = repository.commit({"b.yaml": "b"})
    repository.git("checkout", "--quiet", "main")
    theirs = repository.commit({"c.yaml": "c"})
    assert merge_base(repository.root, ours, theirs) == start
    repository.git("checkout", "--quiet", "--orphan", "other")
    assert merge_base(repository.root, ours, repository.commit()) is None


def test_a_missing_branch_comes_with_the_line_that_brings_it(repository):
    repository.git("checkout", "--quiet", "-b", "team/change")
    repository.commit({"b.yaml": "b"})
    alone = clone(repository, "--single-branch", "--branch=main")
    for name in ("team/change", "origin/team/change"):
        with pytest.raises(UsageError, match=f"there is no revision {name} in this repository") as error:
            commit_of(alone.root, name)
        run_line(alone, error.value.hint)
        assert commit_of(alone.root, name) == commit_of(repository.root, "team/change")


def test_a_missing_commit_and_a_missing_tag_come_with_the_line_that_brings_them(repository):
    first = commit_of(repository.root, "HEAD")
    repository.git("-c", "user.name=A", "-c", "user.email=a@b", "tag", "-a", "v1.0.0", "-m", "x")
    second = repository.commit({"b.yaml": "b"})
    repository.commit({"b.yaml": "c"})
    shallow = clone(repository, "--depth=1", "--no-tags")
    for name, commit in ((second, second), ("v1.0.0", first)):
        with pytest.raises(UsageError) as error:
            commit_of(shallow.root, name)
        run_line(shallow, error.value.hint)
        assert commit_of(shallow.root, name) == commit


def test_what_stands_behind_a_revision_is_no_part_of_the_line(repository):
    alone = clone(repository, "--single-branch", "--branch=main")
    assert fetch_line("next~2^", remotes(alone.root)) == "git fetch origin next:next"
    alone.git("remote", "rename", "origin", "upstream")
    assert fetch_line("next", remotes(alone.root)) == "git fetch upstream next:next"
    assert fetch_line("upstream/a/b", remotes(alone.root)) == "git fetch upstream a/b:refs/remotes/upstream/a/b"
    assert fetch_line("next", []) == ""


def test_without_a_remote_there_is_nothing_to_fetch_from(repository):
    with pytest.raises(UsageError) as error:
        commit_of(repository.root, "nothing")
    assert error.value.hint == "this repository has no remote to get it from"


def test_a_revision_that_looks_like_an_option_is_none(repository):
    with pytest.raises(UsageError, match="there is no revision --all"):
        commit_of(repository.root, "--all")


def test_outside_of_a_repository_there_are_no_revisions(tmp_path):
    with pytest.raises(UsageError, match="is in no git repository, so there is no revision main"):
        commit_of(tmp_path, "main")
    assert kept_files(tmp_path) is None


def test_without_git_there_are_no_revisions(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        commit_of(repository.root, "main")


def test_a_shallow_clone_says_so(repository):
    repository.commit({"b.yaml": "b"})
    assert not lacking_history(repository.root)
    assert lacking_history(clone(repository, "--depth=1").root)


def test_what_a_partial_clone_lacks_is_not_fetched_and_comes_with_the_line_that_brings_it(repository):
    repository.git("config", "uploadpack.allowFilter", "true")
    partial = clone(repository, "--filter=blob:none", "--no-checkout")
    marks = blobs_at(partial.root, "HEAD")
    with pytest.raises(UsageError, match="this clone does not hold all") as error:
        list(blobs(partial.root, marks.values()))
    run_line(partial, error.value.hint)
    assert [data for _, data in blobs(partial.root, marks.values())] == [b"a: 1\n"]


def test_a_content_is_read_piece_by_piece_and_may_be_left_half_read(repository):
    big = b"0123456789" * 1_000_000
    repository.commit({"big.jsonl": big, "empty.md": ""})
    marks = blobs_at(repository.root, "HEAD")
    with open_blob(repository.root, marks["big.jsonl"]) as stream:
        assert stream.read(4) == b"0123"
    with open_blob(repository.root, marks["big.jsonl"]) as stream:
        assert len(stream.read()) == len(big)
    with open_blob(repository.root, marks["empty.md"]) as stream:
        assert stream.read() == b""
    with pytest.raises(UsageError, match="this clone does not hold all"), open_blob(repository.root, "0" * 40):
        pass


def test_a_tree_that_a_clone_lacks_is_no_empty_tree(repository):
    repository.git("config", "uploadpack.allowFilter", "true")
    with pytest.raises(UsageError, match="this clone does not hold all"):
        blobs_at(clone(repository, "--filter=tree:0", "--no-checkout").root, "HEAD")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_marks_are_what_git_calls_contents(tmp_path, algorithm):
    scratch = Scratch(tmp_path)
    scratch.git("init", "--quiet", f"--object-format={algorithm}")
    scratch.commit({"a.yaml": "a\r\n", "empty.md": ""})
    marks = blobs_at(tmp_path, "HEAD")
    assert marks == {
        name: git_mark(BytesIO(data), len(data), algorithm)
        for name, data in {"a.yaml": b"a\r\n", "empty.md": b""}.items()
    }
    assert dict(blobs(tmp_path, marks.values())) == {marks["a.yaml"]: b"a\r\n", marks["empty.md"]: b""}


def test_files_of_any_name(repository):
    files = {name: f"{number}\n\n" for number, name in enumerate(ODD)}
    commit = repository.commit(files, by=BOB)
    assert {name for name in ODD if name in blobs_at(repository.root, commit)} == set(ODD)
    assert {name: data.decode() for name, data in contents_at(repository.root, commit, [*ODD, "no.md"])} == files
    assert set(ODD) <= set(kept_files(repository.root) or ())
    authors = authors_between(repository.root, "HEAD~1", "HEAD")
    assert {name: {"Bob Roe", "bob@example.org"} for name in ODD} == authors


def test_links_and_submodules_are_no_files(repository):
    (repository.root / "link.md").symlink_to("specs/a.yaml")
    repository.git("clone", "--quiet", repository.root, repository.root / "module")
    assert blobs_at(repository.root, repository.commit()).keys() == {"specs/a.yaml"}


def test_paths_are_those_below_the_folder(repository):
    repository.commit({"specs/b/c.yaml": "c"}, by=BOB)
    folder = repository.root / "specs"
    assert blobs_at(folder, "HEAD").keys() == {"a.yaml", "b/c.yaml"}
    assert authors_between(folder, "HEAD~1", "HEAD").keys() == {"b/c.yaml"}
    assert kept_files(folder) == frozenset(("a.yaml", "b/c.yaml"))
    assert (prefix_of(folder), prefix_of(repository.root)) == ("specs/", "")


def test_authors_are_known_by_file_and_co_authors_are_among_them(repository):
    repository.commit({"a.yaml": "1", "b.yaml": "1"}, by=BOB, message="x\n\nCo-authored-by: Eve Poe <eve@example.org>")
    repository.commit({"a.yaml": "2"}, by=ANN)
    found = authors_between(repository.root, "HEAD~2", "HEAD")
    bob = {"Bob Roe", "bob@example.org", "Eve Poe <eve@example.org>"}
    assert found == {"a.yaml": bob | {"Ann Lee", "ann@example.org"}, "b.yaml": bob}


def test_who_only_merges_is_no_author_and_who_changes_something_in_a_merge_is(repository):
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"a.yaml": "1"}, by=EVE)
    repository.git("checkout", "--quiet", "main")
    repository.commit({"b.yaml": "1"}, by=ANN)
    repository.git("checkout", "--quiet", "change")
    repository.be(BOB).git("merge", "--quiet", "--no-commit", "main")
    repository.commit(by=BOB)
    assert authors_between(repository.root, "main", "HEAD") == {"a.yaml": {"Eve Poe", "eve@example.org"}}
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.git("merge", "--quiet", "--no-commit", "main")
    repository.commit({"a.yaml": "smuggled"}, by=BOB)
    assert authors_between(repository.root, "main", "HEAD")["a.yaml"] >= {"Bob Roe", "eve@example.org"}


def test_a_file_name_cannot_pass_for_another_commit(repository):
    repository.commit({"\x01Zoe\x01zoe@example.org": "1", "z.yaml": "1"}, by=BOB)
    assert authors_between(repository.root, "HEAD~1", "HEAD")["z.yaml"] == {"Bob Roe", "bob@example.org"}


def test_contents_of_all_times(repository):
    repository.commit({"specs/a.yaml": "a: 2\n"})
    repository.commit({"specs/a.yaml": None, "specs/b.yaml": "b: 1\n"})
    ever = contents_ever(repository.root, "HEAD", ["specs"])
    held = dict(blobs(repository.root, {blob for _, blob in ever}))
    assert {(name, held[blob]) for name, blob in ever} == {
        ("specs/a.yaml", b"a: 1\n"),
        ("specs/a.yaml", b"a: 2\n"),
        ("specs/b.yaml", b"b: 1\n"),
    }
    assert contents_ever(repository.root, "HEAD", []) == set()


def test_what_git_ignores_is_not_kept_and_what_is_new_is(repository):
    repository.write({".gitignore": "out/\n", "out/x.md": "x", "new.md": "x"})
    assert kept_files(repository.root) == frozenset((".gitignore", "new.md", "specs/a.yaml"))


def test_the_default_branch_is_the_one_of_the_remote(repository):
    assert default_branch(repository.root) == "main"
    repository.git("branch", "--quiet", "--move", "main", "trunk")
    assert default_branch(repository.root) is None
    assert default_branch(clone(repository).root) == "origin/trunk"


def test_the_user_is_whoever_git_is_told(repository):
    assert user(repository.be(ANN).root) == ("Ann Lee", "ann@example.org")


def test_the_variables_of_a_hook_do_not_lead_elsewhere(repository, monkeypatch):
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.chdir(repository.root)
    assert blobs_at(repository.root / "specs", commit_of(repository.root / "specs", "HEAD")).keys() == {"a.yaml"}
