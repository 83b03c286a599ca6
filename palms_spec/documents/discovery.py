"""Which files there are. No file is opened here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PROJECT_FILE = "palms.toml"
ROW_SUFFIXES = (".jsonl", ".jsonl.gz")
TREE_SUFFIXES = (".yaml", ".yml", ".json")
SUFFIXES = (*ROW_SUFFIXES, *TREE_SUFFIXES, ".md")
RECORD_FOLDERS = frozenset(("reviews", "studies"))
RECORD_FILES = frozenset(("approvals.jsonl", "outputs.jsonl", "ratings.jsonl", "scores.jsonl"))
ALWAYS_EXCLUDED = frozenset(("node_modules", "__pycache__", "venv", "build", "dist", "site-packages"))


def find_root(start: Path) -> Path | None:
    """The closest folder upwards, `start` included, that holds a palms.toml."""
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    return None


def walk_files(root: Path, exclude: Iterable[str] = ()) -> Iterator[str]:
    """Paths, relative to the root with `/`, of all files that could be documents, in order.

    Hidden folders, the folders of `ALWAYS_EXCLUDED`, and what a glob of `exclude` matches are left out; folders behind
    symbolic links are not entered, so a loop of links ends nothing.
    """
    patterns = [glob_pattern(glob) for glob in exclude]
    yield from _walk(str(root), "", patterns)


def _walk(folder: str, prefix: str, patterns: list[re.Pattern[str]]) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = prefix + entry.name
        if any(pattern.fullmatch(name) for pattern in patterns):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in ALWAYS_EXCLUDED:
                yield from _walk(entry.path, name + "/", patterns)
        elif entry.name.endswith(SUFFIXES) and not entry.name.startswith("."):
            yield name


def is_excluded(name: str, exclude: Iterable[str] = ()) -> bool:
    """Whether `walk_files` would pass over a path below the root, because of itself or of a folder that it is in."""
    parts = [part for part in name.split("/") if part not in (".", "..")]
    if any(part.startswith(".") for part in parts) or not ALWAYS_EXCLUDED.isdisjoint(parts[:-1]):
        return True
    return any(glob_pattern(glob).fullmatch(name) for glob in exclude)


def literal_glob(name: str) -> str:
    """The glob that covers this path and no other."""
    return re.sub(r"[*?[]", r"[\g<0>]", name)


@cache
def glob_pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression over whole paths: `**` any folders, `*` and `?` within one name, `[...]` a set.

    A glob that ends in `/`, or names a folder, covers all that is below it.
    """
    out, at = "", 0
    glob = glob.removeprefix("./").rstrip("/")
    while at < len(glob):
        if glob.startswith("**/", at):
            out, at = out + "(?:[^/]+/)*", at + 3
        elif glob.startswith("**", at):
            out, at = out + ".*", at + 2
        elif glob[at] == "*":
            out, at = out + "[^/]*", at + 1
        elif glob[at] == "?":
            out, at = out + "[^/]", at + 1
        elif glob[at] == "[" and (end := glob.find("]", at + 2)) != -1:
            inside = glob[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out, at = out + f"[{'^' + inside[1:] if inside[0] == '!' else inside}]", end + 1
        else:
            out, at = out + re.escape(glob[at]), at + 1
    return re.compile(f"{out}(?:/.*)?", re.DOTALL)
