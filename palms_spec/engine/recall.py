"""Samples read again, by reference."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from palms_spec.documents.document import Document
from palms_spec.documents.identity import content_id
from palms_spec.documents.rows import row_document
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.engine.plan import RowsPlan
from palms_spec.engine.units import SampleFile
from palms_spec.facts.references import file_of, offset_of
from palms_spec.sources.row_access import RowAccess

KEPT = 256
Kept = TypeVar("Kept")


class Recall:
    """The samples of a run. `read` gives the bytes of a file of samples, `access` the rows of a file of rows."""

    def __init__(
        self,
        plan: RowsPlan,
        files: list[SampleFile],
        read: Callable[[str], bytes],
        access: Callable[[str], RowAccess],
    ) -> None:
        self._plan = plan
        self._read_row = plan.row_reader()
        self._files = files
        self._read = read
        self._open = access
        self._rows: dict[int, RowAccess] = {}
        self._samples: OrderedDict[int, Sample] = OrderedDict()
        self._standing: OrderedDict[int, tuple[Document, Sample]] = OrderedDict()

    def sample(self, reference: int) -> Sample:
        """A sample by itself. The last `KEPT` are remembered."""
        found = _recent(self._samples, reference)
        if found is None:
            file, at = self._files[file_of(reference)], offset_of(reference)
            if not file.has_rows:
                return self.standing(reference)[1]
            raw, start = self._access(file).row(at)
            found = self._read_row(raw, self._plan.context(file.context))[at - start]
            _remember(self._samples, reference, found)
        return found

    def standing(self, reference: int) -> tuple[Document, Sample]:
        """A sample, and the document it stands in, which knows its line and its id; that takes longer."""
        found = _recent(self._standing, reference)
        if found is None:
            found = self._find(reference)
            _remember(self._standing, reference, found)
        return found

    def _find(self, reference: int) -> tuple[Document, Sample]:
        file, at = self._files[file_of(reference)], offset_of(reference)
        if file.has_rows:
            access = self._access(file)
            raw, start = access.row(at)
            sample = self.sample(reference)
            document = row_document(file.path, raw, access.line(start), start)
        else:
            context = self._plan.context(file.context)
            document, samples = read_samples(file.path, self._read(file.path), file.name, context)
            sample = samples[at]
        document.id = sample.id or content_id(sample.turns)
        return document, sample

    def _access(self, file: SampleFile) -> RowAccess:
        access = self._rows.get(file.number)
        if access is None:
            access = self._rows[file.number] = self._open(file.path)
        return access

    def close(self) -> None:
        """Let go of the files."""
        for access in self._rows.values():
            access.close()


def _recent(kept: OrderedDict[int, Kept], reference: int) -> Kept | None:
    found = kept.get(reference)
    if found is not None:
        kept.move_to_end(reference)
    return found


def _remember(kept: OrderedDict[int, Kept], reference: int, found: Kept) -> None:
    kept[reference] = found
    if len(kept) > KEPT:
        kept.popitem(last=False)
