"""Which two versions a user means: revisions, files in a revision, or files at hand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.documents.discovery import find_root, walk_files
from palms_spec.engine.base_settings import settings_before
from palms_spec.engine.settings import Settings
from palms_spec.errors import UsageError
from palms_spec.sources.git import (
    authors_between,
    commit_of,
    default_branch,
    find_commit,
    kept_files,
    lacking_history,
    merge_base,
    prefix_of,
    user,
)
from palms_spec.sources.trees import CommitTree, FolderTree, PartOfTree, Tree

HEAD = "HEAD"
Authors = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two trees, and the root that the paths of the head are relative to. `authors` are those who changed a file
    between the two, by its path, as far as git knows; `commit` is the one whose history holds the head, "" if there is
    none."""

    root: Path
    base: Tree
    head: Tree
    authors: Authors = field(default_factory=dict)
    commit: str = ""

    def authors_of(self, paths: Iterable[str]) -> frozenset[str]:
        """Who changed one of these files."""
        return frozenset(name for path in paths for name in self.authors.get(path, ()))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a word of the command line names: a commit, or a file or folder of it; or a path at hand."""

    word: str
    commit: str = ""
    part: str = ""
    path: Path | None = None

    @property
    def label(self) -> str:
        return self.word[: -len(self.part) - 1] if self.part else self.word


def find_sides(base: str | None, head: str | None, settings: Settings, start: Path, *, direct: bool = False) -> Sides:
    """The versions to compare.

    Without a base it is the branch that changes go into. Of two revisions that went apart, and of one and the working
    tree, the base is where they went apart, unless `direct`. `REV:PATH` is one file or folder of a revision. A word
    that is no revision is a path. What is left out of the files at hand is said by the palms.toml of the base. Raises
    UsageError.
    """
    root = find_root(start) or start
    if base is None:
        base = default_branch(root)
        if base is None:
            raise UsageError("there is no branch to compare with", hint="name a revision: palms diff REVISION")
    one, other = _named(base, root, start), _named(head, root, start) if head is not None else None
    if one.commit and other is not None and other.path is not None and not _is_below(other.path, root):
        raise UsageError(f"{head} is outside of {root}, and {base} is a revision of what is in it")
    if one.commit:
        return _with_revision(one, other, settings, root, direct=direct)
    assert one.path is not None, "what is no commit is a path"
    before = _at_hand(one.path, settings, None)
    if other is None:
        return Sides(root, before, _working_tree(root, before, settings, ""))
    if other.commit:
        return Sides(root, before, _of_commit(root, other), commit=other.commit)
    assert other.path is not None, "what is no commit is a path"
    after = _at_hand(other.path, settings, before)
    return Sides(after.folder or root, before, after)


def _with_revision(one: _Named, other: _Named | None, settings: Settings, root: Path, *, direct: bool) -> Sides:
    revised = other is not None and bool(other.commit)
    head_commit = other.commit if other is not None and other.commit else commit_of(root, HEAD)
    base_commit, label = one.commit, one.label
    if not direct:
        shared = merge_base(root, base_commit, head_commit)
        if shared is None:
            raise _apart(root, label, other.label if other is not None and revised else HEAD)
        label = label if shared == base_commit else f"{label} ({shared[:8]})"
        base_commit = shared
    whole: Tree = CommitTree(root, base_commit, label)
    before = PartOfTree(whole, one.part) if one.part else whole
    authors = authors_between(root, base_commit, head_commit)
    if other is not None and revised:
        after = _of_commit(root, other)
    else:
        algorithm = "sha256" if len(base_commit) == 64 else "sha1"
        after = _working_tree(root, whole, settings, algorithm)
        if other is not None and other.path is not None:
            after = _part_at_hand(after, other.path, root)
        elif one.part:
            after = PartOfTree(after, one.part)
        authors = _with_user(authors, root, head_commit, after)
    for part in (before, after):
        if isinstance(part, PartOfTree) and not part.marks:
            raise UsageError(f"there is nothing at {part.label}")
    frozen = {path: frozenset(names) for path, names in authors.items()}
    return Sides(root, before, after, frozen, head_commit)


def _named(word: str, root: Path, start: Path) -> _Named:
    if find_commit(root, word) is not None:
        return _Named(word, commit_of(root, word))
    if os.path.lexists(start / word):
        return _Named(word, path=start / word)
    revision, colon, path = word.partition(":")
    if colon and revision and path:
        return _Named(word, commit_of(root, revision), _part(path, root, start))
    if colon:
        raise UsageError(f"{word} is no revision with a path", hint="write REVISION:PATH")
    commit_of(root, word)  # it says what is missing, and how to get it
    raise UsageError(f"there is no revision and no file {word}")


def _part(path: str, root: Path, start: Path) -> str:
    """A path as git has it, from the top of the repository or, with ./, from here, as a path below the root."""
    if path.startswith(("./", "../")):
        return Path(os.path.relpath(start / path, root)).as_posix()
    return path.removeprefix(prefix_of(root)).rstrip("/")


def _of_commit(root: Path, named: _Named) -> Tree:
    tree = CommitTree(root, named.commit, named.label)
    return PartOfTree(tree, named.part) if named.part else tree


def _working_tree(root: Path, base: Tree, settings: Settings, algorithm: str) -> Tree:
    def names() -> Iterable[str]:
        kept = kept_files(root)
        found = walk_files(root, settings_before(settings, base.read).exclude)
        return (name for name in found if kept is None or name in kept)

    return FolderTree(root, names, algorithm=algorithm or "sha1")


def _part_at_hand(tree: Tree, path: Path, root: Path) -> Tree:
    name = Path(os.path.relpath(path, root)).as_posix()
    return tree if name == "." else PartOfTree(tree, name)


def _at_hand(path: Path, settings: Settings, base: Tree | None) -> FolderTree:
    """A folder or a file; of a folder all that the base, or without one the folder itself, does not exclude."""
    folder = path if path.is_dir() else path.parent

    def names() -> Iterable[str]:
        if not path.is_dir():
            return [path.name]
        return walk_files(path, settings_before(settings, (base or tree).read).exclude)

    tree = FolderTree(folder, names, Path(os.path.relpath(path)).as_posix())
    return tree


def _with_user(authors: dict[str, set[str]], root: Path, commit: str, tree: Tree) -> dict[str, set[str]]:
    """The authors, with whoever git takes the user to be for what is not committed yet."""
    known, names = CommitTree(root, commit, HEAD).marks, set(user(root))
    changed = {name for name, mark in tree.marks.items() if known.get(name) != mark}
    gone = known.keys() - tree.marks.keys()
    return {**authors, **{name: authors.get(name, set()) | names for name in changed | gone}}


def _apart(root: Path, base: str, head: str) -> UsageError:
    hint = "compare them as they are with --direct"
    if lacking_history(root):
        hint = f"a shallow clone lacks it; get it with: git fetch --unshallow; or {hint}"
    return UsageError(f"{base} and {head} have no commit in common", hint=hint)


def _is_below(path: Path, root: Path) -> bool:
    return not os.path.relpath(path, root).startswith("..")
