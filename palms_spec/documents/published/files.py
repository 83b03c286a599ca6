"""Which files hold published texts: those that `model-specs` names, and the prompts of their footnotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from palms_spec.documents.discovery import glob_pattern

SUFFIX = ".md"
PROMPTS = "examples"
"""The folder beside a specification in which each footnote has a file of prompts."""


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """`names` are the files, `unmatched` the globs that match none."""

    names: frozenset[str] = frozenset()
    unmatched: tuple[str, ...] = ()


NONE_PUBLISHED = PublishedFiles()


def published_files(names: Iterable[str], globs: Iterable[str], given: Iterable[str] = ()) -> PublishedFiles:
    """The published texts among the files of a project: those that a glob covers or that are `given`, and what lies in
    the folder `PROMPTS` beside one of them."""
    texts = [name for name in names if name.endswith(SUFFIX)]
    found = {name for name in given if name.endswith(SUFFIX)}
    unmatched = []
    for glob in globs:
        covered = [name for name in texts if glob_pattern(glob).fullmatch(name)]
        found.update(covered)
        if not covered:
            unmatched.append(glob)
    folders = {str(PurePosixPath(name).parent / PROMPTS) for name in found}
    if folders:
        found.update(name for name in texts if str(PurePosixPath(name).parent) in folders)
    return PublishedFiles(frozenset(found), tuple(unmatched)) if found or unmatched else NONE_PUBLISHED
