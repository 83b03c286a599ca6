"""What positions and samples said in earlier commits: reviews know them by their hashes alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.documents.context import SampleContext
from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.identity import position_hash, sample_hash
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.sample import Sample
from palms_spec.documents.spec import Position, Spec
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.sources.git import blobs, contents_ever, find_commit, open_blob
from palms_spec.sources.tree_lines import stream_lines
from palms_spec.workflows.versions import samples_in, samples_in_rows


@dataclass(slots=True)
class EarlierWordings:
    """The commits of the repository around a folder, looked through when something is asked for. Nothing is known where
    there is no repository, or where a clone has forgotten."""

    root: Path
    _positions: dict[str, Position] = field(default_factory=dict)
    _samples: dict[str, Sample] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def position(self, hashed: str, paths: Iterable[str]) -> Position | None:
        """The position with a hash, as one of these files held it."""
        if hashed not in self._positions:
            for name, data in self._contents(paths):
                self._positions.update(_positions_in(name, data))
        return self._positions.get(hashed)

    def sample(self, hashed: str, path: str, context: SampleContext) -> Sample | None:
        """The sample with a hash, as this file held it."""
        if hashed not in self._samples:
            self._samples.update(self._samples_in(path, context))
        return self._samples.get(hashed)

    def _samples_in(self, path: str, context: SampleContext) -> Iterator[tuple[str, Sample]]:
        if path.endswith(ROW_SUFFIXES):
            for blob in self._new([path]).values():
                for _, sample in samples_in_rows(stream_lines(open_blob(self.root, blob)), context):
                    yield sample_hash(sample.turns), sample
            return
        for name, data in self._contents([path]):
            try:
                yield from ((sample_hash(one.turns), one) for one in samples_in(name, data, "", context))
            except UnreadableSource:
                continue

    def _contents(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What files held that has not been looked at."""
        new = self._new(paths)
        names = {blob: name for (name, _), blob in new.items()}
        try:
            yield from ((names[blob], data) for blob, data in blobs(self.root, names))
        except UsageError:
            return  # a partial clone lacks it

    def _new(self, paths: Iterable[str]) -> dict[tuple[str, str], str]:
        head = find_commit(self.root, "HEAD")
        ever: Collection[tuple[str, str]] = contents_ever(self.root, head, paths) if head is not None else ()
        found = {(name, blob): blob for name, blob in ever if blob not in self._seen}
        self._seen.update(found.values())
        return found


def _positions_in(name: str, data: bytes) -> Iterator[tuple[str, Position]]:
    try:
        document = read_document(name, data) if may_be_document(data) else None
    except UnreadableSource:
        return
    if document is not None and isinstance(document.model, Spec):
        for category in document.model.categories:
            yield from ((position_hash(position), position) for position in category.positions)
