"""Reviews held against history: a verdict is on some version of a position and of a sample, or it was made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.documents.context import SampleContext
from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.identity import position_hash, sample_hash
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.reviews import Review
from palms_spec.documents.spec import Spec
from palms_spec.errors import UnreadableSource
from palms_spec.sources.git import blobs, contents_ever, lacking_history, open_blob
from palms_spec.sources.tree_lines import stream_lines
from palms_spec.workflows.diff_records import hashes_in, new_reviews
from palms_spec.workflows.diff_sides import Sides
from palms_spec.workflows.versions import ReadVersion, samples_in, samples_in_rows

RULE = "record-tampered"


def strange_records(
    sides: Sides, base: ReadVersion, head: ReadVersion
) -> tuple[list[ComparisonFacts], tuple[tuple[str, str], ...]]:
    """The files with new reviews whose hashes fit nothing that ever was, and what could not be found out: a shallow
    clone has forgotten. History is asked only about what fits neither of the two versions."""
    left = list(new_reviews(base.tree, head.tree))
    known = hashes_in(base) | hashes_in(head) if left else set()
    left = [one for one in left if not _fits(one[2], known)]
    if left and sides.commit:
        for found in _hashes_ever(sides, base, head):
            known |= found
            left = [one for one in left if not _fits(one[2], known)]
            if not left:
                break
    if left and sides.commit and lacking_history(sides.root):
        reason = f"the clone is shallow, and {len(left):,} new reviews fit no version that is in it"
        return [], ((RULE, f"{reason}; git fetch --unshallow brings the others"),)
    by_file: dict[str, list[int]] = {}
    for path, line, _ in left:
        by_file.setdefault(path, []).append(line)
    return [
        ComparisonFacts("records", path, path, strange_records={path: tuple(lines)}) for path, lines in by_file.items()
    ], ()


def _fits(review: Review, known: set[str]) -> bool:
    return review.position_hash in known and review.sample_hash in known


def _hashes_ever(sides: Sides, base: ReadVersion, head: ReadVersion) -> Iterator[set[str]]:
    """The hashes of what the files of specifications, and then those below datasets, ever held."""
    versions = (base.version, head.version)
    specs = {one.path for version in versions for one in version.specs.values()}
    yield _hashes_of(sides, specs, {})
    folders = {
        str(PurePosixPath(one.path).parent): entry.context
        for read in (base, head)
        for entry in read.project.datasets
        for one in [entry.document]
    }
    yield _hashes_of(sides, list(folders), folders)


def _hashes_of(sides: Sides, paths: Iterable[str], folders: Mapping[str, SampleContext]) -> set[str]:
    """The hashes of positions that files ever held, or, with `folders`, of samples below them."""
    found: set[str] = set()
    ever = contents_ever(sides.root, sides.commit, paths)
    rows = {one for one in ever if one[0].endswith(ROW_SUFFIXES)}
    held = dict(blobs(sides.root, {blob for _, blob in ever - rows}))
    for name, blob in sorted(ever):
        context = next((own for folder, own in folders.items() if folder == "." or name.startswith(folder + "/")), None)
        try:
            if context is None:
                found |= _positions(name, held[blob])
            elif (name, blob) in rows:
                lines = stream_lines(open_blob(sides.root, blob))
                found.update(sample_hash(sample.turns) for _, sample in samples_in_rows(lines, context))
            else:
                found.update(sample_hash(sample.turns) for sample in samples_in(name, held[blob], "", context))
        except UnreadableSource:
            continue
    return found


def _positions(name: str, data: bytes) -> set[str]:
    document = read_document(name, data) if may_be_document(data) else None
    if document is None or not isinstance(document.model, Spec):
        return set()
    return {position_hash(position) for category in document.model.categories for position in category.positions}
