"""A project as it is at hand, with the reviews of its samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from palms_spec.documents.discovery import walk_files
from palms_spec.documents.records import read_record
from palms_spec.documents.reviews import Review
from palms_spec.engine.cache import Cache
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.facts.position_hashes import PositionHashes
from palms_spec.facts.verdicts import Verdicts
from palms_spec.sources.tree_lines import lines_of
from palms_spec.sources.trees import FolderTree, Tree
from palms_spec.workflows.versions import ReadVersion, VersionReader


@dataclass(frozen=True, slots=True)
class ReviewedProject:
    """`verdicts` are the reviews of all datasets. `unread` are files of which something could not be read."""

    version: ReadVersion
    positions: PositionHashes
    verdicts: Verdicts
    unread: tuple[str, ...]


def read_reviewed(settings: Settings, *, cache: bool = True) -> ReviewedProject:
    """The project of these settings."""
    store = Cache(settings.root if cache and settings.configuration else None)
    tree = FolderTree(settings.root, lambda: walk_files(settings.root, settings.exclude))
    try:
        version = VersionReader(settings.root, settings.exclude, store, settings.model_specs).read(tree)
    finally:
        store.close()
    positions = PositionHashes(one.spec for one in version.version.specs.values())
    verdicts, unread = Verdicts((), positions), list(version.unread)
    for path, reviews in _reviews(tree, version.project.reviews, unread):
        datasets = datasets_beside(version, path)
        for review in reviews:
            verdicts.add(datasets, review)
    return ReviewedProject(version, positions, verdicts, tuple(dict.fromkeys(unread)))


def datasets_beside(version: ReadVersion, path: str) -> list[str]:
    """The datasets that a file of reviews belongs to."""
    folder = str(PurePosixPath(path).parents[1])
    return [entry.model.id for entry in version.project.datasets if entry.folder == folder]


def _reviews(tree: Tree, names: Iterable[str], unread: list[str]) -> Iterator[tuple[str, list[Review]]]:
    """The reviews in each file; files of which something cannot be read go to `unread`."""
    for name in names:
        reviews: list[Review] = []
        try:
            for raw in lines_of(tree, name):
                if raw.strip():
                    review, _ = read_record(raw, Review)
                    if review is None:
                        unread.append(name)
                    else:
                        reviews.append(review)
        except UnreadableSource:
            unread.append(name)
        yield name, reviews
