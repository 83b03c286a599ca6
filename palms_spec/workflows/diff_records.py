"""Files of records: lines that the head lost, and reviews that fit no version of anything in history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from palms_spec.comparison.facts import BrokenRecord, ComparisonFacts
from palms_spec.documents.approvals import APPROVALS_FILE, Approval
from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.document import Document
from palms_spec.documents.identity import position_hash
from palms_spec.documents.opening import ROW
from palms_spec.documents.record_files import broken_lines
from palms_spec.documents.records import Line, read_records
from palms_spec.documents.reviews import REVIEWS_FOLDER, Review
from palms_spec.engine.placing import place_in
from palms_spec.errors import UnreadableSource
from palms_spec.sources.tree_lines import lines_of
from palms_spec.sources.trees import Tree
from palms_spec.workflows.versions import ReadVersion


def is_reviews(name: str) -> bool:
    """Whether a file holds review records."""
    return name.endswith(ROW_SUFFIXES) and REVIEWS_FOLDER in PurePosixPath(name).parts[:-1]


def is_record(name: str) -> bool:
    """Whether a file holds records that count for as long as they are there."""
    return PurePosixPath(name).name == APPROVALS_FILE or is_reviews(name)


def lost_records(base: Tree, head: Tree) -> Iterator[ComparisonFacts]:
    """Record files that lost lines. A line that stands in another file of its kind was moved, not lost."""
    changed = [name for name in base.marks if is_record(name) and base.marks[name] != head.marks.get(name)]
    if not changed:
        return
    kept = {line for name in head.marks if is_record(name) for line in raw_lines(head, name)}
    for name in changed:
        lost = tuple(line for line in raw_lines(base, name) if line not in kept)
        if lost:
            yield ComparisonFacts("records", name, name, lost_records={name: lost})


def raw_lines(tree: Tree, name: str) -> list[str]:
    """The lines of a record file that are not blank; none where it cannot be read."""
    try:
        lines = [line.decode("utf-8", "replace").strip() for line in lines_of(tree, name)]
    except UnreadableSource:
        return []
    return [line for line in lines if line]


def reviews_in(tree: Tree) -> list[Review]:
    """All reviews of a version that can be read."""
    names = [name for name in sorted(tree.marks) if is_reviews(name)]
    return [line.record for name in names for line in _records(tree, name) if line.record is not None]


def new_reviews(base: Tree, head: Tree) -> Iterator[tuple[str, int, Review]]:
    """Reviews of the head that no file of the base holds, with file and line."""
    names = [name for name in sorted(head.marks) if is_reviews(name) and head.marks[name] != base.marks.get(name)]
    if not names:
        return
    known = {line for name in base.marks if is_reviews(name) for line in raw_lines(base, name)}
    for name in names:
        lines = _whole(head, name).split(b"\n")
        for line in _records(head, name):
            written = lines[line.number - 1].decode("utf-8", "replace").strip()
            if line.record is not None and written not in known:
                yield name, line.number, line.record


def _records(tree: Tree, name: str) -> list[Line[Review]]:
    return list(read_records(_whole(tree, name), Review))


def _whole(tree: Tree, name: str) -> bytes:
    """A file of records, of any size, as far as it can be read."""
    lines: list[bytes] = []
    try:
        lines.extend(lines_of(tree, name))
    except UnreadableSource:
        pass
    return b"\n".join(lines)


def broken_records(base: Tree, head: Tree) -> Iterator[ComparisonFacts]:
    """Record files of the head with lines that hold no record and are not in the base."""
    for name in sorted(head.marks):
        if not is_record(name) or head.marks[name] == base.marks.get(name):
            continue
        known = set(raw_lines(base, name)) if name in base.marks else set()
        model = Review if is_reviews(name) else Approval
        broken = [
            BrokenRecord(document.first_line, _offset(document, _whole(head, name)), defect.message, defect.hint)
            for document in broken_lines(name, lambda name: _whole(head, name), model)
            if document.data.decode("utf-8", "replace").strip() not in known
            for defect in document.defects[:1]
        ]
        if broken:
            yield ComparisonFacts("records", name, name, broken_records=tuple(broken))


def _offset(document: Document, data: bytes) -> int:
    """The character of the file at which the first defect of a line stands."""
    if document.kind != ROW:
        return 0
    defect = document.defects[0]
    place, _ = place_in(document, defect.pointer, on_key=defect.on_key, offset=defect.offset, end=defect.end)
    return len(data[: place.span.offset].decode("utf-8", "replace"))


def hashes_in(version: ReadVersion) -> set[str]:
    """The hashes of all positions and samples of a version."""
    found = {
        position_hash(placed.position)
        for spec in version.version.specs.values()
        for placed in spec.positions().values()
    }
    return found | {
        sample.turns_hash for dataset in version.version.datasets.values() for sample in dataset.samples.values()
    }
