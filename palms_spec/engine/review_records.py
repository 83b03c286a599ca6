"""The review records of a run: read row by row, whatever is wrong with them said, and found again by reference."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from palms_spec.documents.document import Document
from palms_spec.documents.opening import ROW
from palms_spec.documents.project import Project
from palms_spec.documents.records import read_record
from palms_spec.documents.reviews import Review
from palms_spec.engine.reporting import unreadable
from palms_spec.errors import UnreadableSource
from palms_spec.facts.group import Member
from palms_spec.facts.keys import KeyColumns
from palms_spec.facts.position_hashes import PositionHashes
from palms_spec.facts.references import FILE_SHIFT, NAMESPACE_SHIFT, Namespace, file_of, offset_of
from palms_spec.facts.review_keys import hint_key, text_key
from palms_spec.sources.jsonl import iter_rows, plan_shards
from palms_spec.sources.row_access import RowAccess

SHARD_BYTES = 1 << 40
KEPT = 20_000
_REVIEW = Namespace.REVIEW << NAMESPACE_SHIFT


class ReviewRecords:
    """The records in the review files of a project. Their files are numbered from `first` on, behind all others;
    `on_disk` says where a file lies."""

    def __init__(self, project: Project, positions: PositionHashes, first: int, on_disk: Callable[[str], str]) -> None:
        self.first = first
        self._paths = project.reviews
        self._positions = positions
        self._on_disk = on_disk
        folders: dict[str, list[str]] = {}
        for entry in project.datasets:
            folders.setdefault(entry.folder, []).append(entry.model.id)
        self._datasets = [folders[str(PurePosixPath(path).parents[1])] for path in self._paths]
        self._access: dict[int, RowAccess] = {}
        self._kept: OrderedDict[int, Review] = OrderedDict()

    def look(self, columns: KeyColumns) -> Iterator[Document]:
        """Give the keys of all records; what is wrong with the files, as documents."""
        for number, path in enumerate(self._paths, self.first):
            try:
                yield from self._look_at(number, path, columns)
            except UnreadableSource as error:
                yield unreadable(path, error)

    def _look_at(self, number: int, path: str, columns: KeyColumns) -> Iterator[Document]:
        datasets = self._datasets[number - self.first]
        (shard,) = plan_shards(self._on_disk(path), SHARD_BYTES)
        if shard.packed:
            raise UnreadableSource("packed, and records are appended to a file of text", hint="unpack it")
        if shard.has_bom:
            from palms_spec.documents.rows import marked_file  # it stands on the forms of samples

            yield marked_file(path)
        for raw, line, offset in iter_rows(shard):
            if raw is None:
                from palms_spec.documents.rows import too_long_row

                yield too_long_row(path, line, offset)
                continue
            review, defects = read_record(raw, Review)
            if review is None:
                yield Document(path, raw, kind=ROW, defects=list(defects), first_line=line, first_byte=offset)
                continue
            reference = number << FILE_SHIFT | offset
            if len(self._kept) < KEPT:
                self._kept[reference] = review
            for position in self._positions.meant(review):
                columns.add(text_key(review.sample_hash, position), _REVIEW | reference)
                for dataset in datasets:
                    columns.add(hint_key(dataset, review.sample, position), _REVIEW | reference)

    def review(self, place: int) -> Review:
        """The record at a place. The last `KEPT` are remembered."""
        found = self._kept.get(place)
        if found is None:
            found, _ = read_record(self._opened(file_of(place)).row_from(offset_of(place)), Review)
            assert found is not None, "it was a record before"
            self._kept[place] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def position_of(self, place: int, key: int) -> str:
        """The position for which the record at a place gave a key."""
        review, datasets = self.review(place), self._datasets[file_of(place) - self.first]
        for position in self._positions.meant(review):
            keys = (
                text_key(review.sample_hash, position),
                *(hint_key(one, review.sample, position) for one in datasets),
            )
            if key in keys:
                return position
        return ""

    def member(self, place: int) -> Member:
        """What a rule is told of where a record stands."""
        return Member(place, "review", self._paths[file_of(place) - self.first])

    def document(self, place: int) -> Document:
        """The row of a record, as a document."""
        number = file_of(place)
        access = self._opened(number)
        start, path = offset_of(place), self._paths[number - self.first]
        return Document(path, access.row_from(start), kind=ROW, first_line=access.line(start), first_byte=start)

    def _opened(self, number: int) -> RowAccess:
        access = self._access.get(number)
        if access is None:
            access = self._access[number] = RowAccess(self._on_disk(self._paths[number - self.first]))
        return access

    def close(self) -> None:
        """Let go of the files."""
        for access in self._access.values():
            access.close()
