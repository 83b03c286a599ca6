"""Samples read again, by reference."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from palms_spec.documents.document import Document
from palms_spec.documents.identity import content_id
from palms_spec.documents.rows import read_row, row_document
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.engine.plan import MapPlan
from palms_spec.engine.units import SampleFile
from palms_spec.facts.references import file_of, offset_of
from palms_spec.sources.row_access import RowAccess

KEPT = 256


class Recall:
    """The samples of a run. `read` gives the bytes of a file of samples; `unpacked` the path at which the rows of a
    file lie."""

    def __init__(
        self,
        plan: MapPlan,
        files: list[SampleFile],
        read: Callable[[str], bytes],
        unpacked: Callable[[str], str],
    ) -> None:
        self._plan = plan
        self._files = files
        self._read = read
        self._unpacked = unpacked
        self._rows: dict[int, RowAccess] = {}
        self._samples: OrderedDict[int, tuple[Document, Sample]] = OrderedDict()

    def sample(self, reference: int) -> tuple[Document, Sample]:
        """A sample, and the document it stands in. The last `KEPT` are remembered."""
        found = self._samples.get(reference)
        if found is not None:
            self._samples.move_to_end(reference)
            return found
        file = self._files[file_of(reference)]
        context = self._plan.context(file.context)
        at = offset_of(reference)
        if file.has_rows:
            access = self._access(file)
            raw, start = access.row(at)
            index = at - start
            samples, _ = read_row(raw, context)
            document = row_document(file.path, raw, access.line(start), start)
        else:
            index = at
            document, samples = read_samples(file.path, self._read(file.path), file.name, context)
        document.id = samples[index].id or content_id(samples[index].turns)
        found = self._samples[reference] = (document, samples[index])
        if len(self._samples) > KEPT:
            self._samples.popitem(last=False)
        return found

    def _access(self, file: SampleFile) -> RowAccess:
        access = self._rows.get(file.number)
        if access is None:
            access = self._rows[file.number] = RowAccess(self._unpacked(file.path))
        return access

    def close(self) -> None:
        """Let go of the files."""
        for access in self._rows.values():
            access.close()
