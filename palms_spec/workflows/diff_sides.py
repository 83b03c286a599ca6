"""Which two versions a user means: revisions, files in a revision, or files at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from palms_spec.documents.discovery import find_root, walk_files
from palms_spec.errors import UsageError
from palms_spec.sources.git import author_of, commit_of, default_branch, merge_base, user
from palms_spec.sources.trees import CommitTree, FolderTree, Tree

HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two trees below a root, and who wrote what lies between them, as far as git knows."""

    root: Path
    base: Tree
    head: Tree
    authors: frozenset[str] = frozenset()


def find_sides(base: str | None, head: str | None, start: Path, exclude: Iterable[str], *, direct: bool) -> Sides:
    """The versions to compare.

    Without a base it is the branch that changes go into. Of two revisions that went apart, and of one and the working
    tree, the base is where they went apart, unless `direct`. `REV:PATH` is one file, or folder, of a revision; two
    paths that exist are compared with each other. Raises UsageError.
    """
    root = find_root(start) or start
    if base is not None and head is not None and Path(base).exists() and Path(head).exists():
        return Sides(root, _at_hand(Path(base), exclude), _at_hand(Path(head), exclude))
    if base is None:
        base = default_branch(root)
        if base is None:
            raise UsageError("there is no branch to compare with", hint="name a revision: palms diff REVISION")
    base_revision, _, base_path = base.partition(":")
    head_revision, _, head_path = (head or "").partition(":")
    base_commit = commit_of(root, base_revision)
    head_commit = commit_of(root, head_revision or HEAD)
    label = base_revision
    if not direct:
        shared = merge_base(root, base_commit, head_commit)
        if shared is None:
            hint = "a shallow clone lacks it: git fetch --unshallow; or compare as they are with --direct"
            raise UsageError(f"{base_revision} and {head_revision or HEAD} have no commit in common", hint=hint)
        label = base_revision if shared == base_commit else f"{base_revision} ({shared[:8]})"
        base_commit = shared
    before = CommitTree(root, base_commit, label)
    algorithm = "sha256" if len(base_commit) == 64 else "sha1"
    if head is None:
        after: Tree = FolderTree(root, walk_files(root, exclude), algorithm=algorithm)
        authors = author_of(root, base_commit) | set(user(root))
    else:
        after = CommitTree(root, head_commit, head_revision)
        authors = author_of(root, base_commit, head_commit)
    return Sides(
        root, _part(before, base_path), _part(after, head_path or (base_path if head is None else "")), authors
    )


def _at_hand(path: Path, exclude: Iterable[str]) -> FolderTree:
    label = path.as_posix()
    return (
        FolderTree(path, walk_files(path, exclude), label)
        if path.is_dir()
        else FolderTree(path.parent, [path.name], label)
    )


def _part(tree: Tree, path: str) -> Tree:
    return PartOfTree(tree, PurePosixPath(path).as_posix()) if path else tree


class PartOfTree:
    """One file or folder of a tree."""

    def __init__(self, tree: Tree, path: str) -> None:
        self.label = f"{tree.label}:{path}"
        self._tree = tree
        self.marks: Mapping[str, str] = {
            name: mark for name, mark in tree.marks.items() if name == path or name.startswith(path + "/")
        }
        if not self.marks:
            raise UsageError(f"{path} is not in {tree.label}")

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableSource."""
        return self._tree.read(name)

    def hold(self, names: Iterable[str]) -> None:
        """Get ready to read these files."""
        self._tree.hold(names)
