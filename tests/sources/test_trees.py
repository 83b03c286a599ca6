from __future__ import annotations

import pytest

from palms_spec.errors import UnreadableSource
from palms_spec.sources.trees import CommitTree, FolderTree, PartOfTree
from tests.scratch import new_scratch


def test_both_trees_mark_equal_files_alike(tmp_path):
    scratch = new_scratch(tmp_path)
    commit = CommitTree(tmp_path, "HEAD", "HEAD")
    folder = FolderTree(tmp_path, lambda: commit.marks)
    assert folder.marks == commit.marks
    scratch.write({"palms.toml": "rules-version = 1\n# \n"})
    again = FolderTree(tmp_path, lambda: commit.marks)
    assert {name for name in commit.marks if again.marks[name] != commit.marks[name]} == {"palms.toml"}


def test_a_file_that_cannot_be_read_has_a_mark_of_its_own(tmp_path):
    (tmp_path / "a.md").mkdir()
    tree = FolderTree(tmp_path, lambda: ["a.md", "gone.md"])
    assert all(mark.startswith("! ") for mark in tree.marks.values())
    assert len(tree.marks) == 2


def test_links_are_left_out(tmp_path):
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").symlink_to("a.md")
    assert FolderTree(tmp_path, lambda: ["a.md", "b.md"]).marks.keys() == {"a.md"}


def test_a_file_that_is_not_in_a_commit_cannot_be_read(tmp_path):
    new_scratch(tmp_path)
    with pytest.raises(UnreadableSource, match=r"no\.md is not in main"):
        CommitTree(tmp_path, "HEAD", "main").read("no.md")


def test_a_part_holds_what_is_below_it_and_reads_the_rest(tmp_path):
    new_scratch(tmp_path)
    tree = CommitTree(tmp_path, "HEAD", "main")
    part = PartOfTree(tree, "specs")
    assert (part.label, list(part.marks)) == ("main:specs", ["specs/example/spec.yaml"])
    assert part.read("palms.toml") == b"rules-version = 1\n"
    assert list(PartOfTree(tree, "specs/example/spec.yaml").marks) == ["specs/example/spec.yaml"]
    assert not PartOfTree(tree, "spec").marks
