"""From references back to what they refer to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from palms_spec.documents.context import SampleContext
from palms_spec.documents.document import Document
from palms_spec.documents.identity import content_id
from palms_spec.documents.rows import read_row, row_document
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_files import read_samples
from palms_spec.engine.plan import MapPlan
from palms_spec.engine.units import SampleFile
from palms_spec.facts.group import Member
from palms_spec.facts.references import ENTITIES, file_of, offset_of
from palms_spec.rulekit.problem import Part
from palms_spec.sources.row_access import RowAccess

KEPT = 256


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that has keys and is no sample. `pointer` leads to it in its document."""

    document: Document
    kind: str
    name: str
    pointer: str
    spec: str = ""
    split: str = ""


class Members:
    """The samples and entities of a run, by reference.

    `read` gives the bytes of a file of samples; `unpacked` the path at which the rows of a file lie.
    """

    def __init__(
        self,
        plan: MapPlan,
        files: list[SampleFile],
        entities: list[Entity],
        read: Callable[[str], bytes],
        unpacked: Callable[[str], str],
    ) -> None:
        self._plan = plan
        self._files = files
        self._entities = entities
        self._read = read
        self._unpacked = unpacked
        self._rows: dict[int, RowAccess] = {}
        self._samples: OrderedDict[int, tuple[Document, Sample]] = OrderedDict()

    def member(self, reference: int) -> Member:
        """What a group rule is told."""
        number = file_of(reference)
        if number == ENTITIES:
            entity = self._entities[offset_of(reference)]
            path = entity.document.path
            return Member(reference, entity.kind, path, "", entity.spec, entity.name, entity.split, entity.pointer)
        file = self._files[number]
        context = self.context(reference)
        return Member(reference, "sample", file.path, context.dataset, context.spec)

    def context(self, reference: int) -> SampleContext:
        """The context of a sample."""
        return self._plan.context(self._files[file_of(reference)].context)

    def sample(self, reference: int) -> tuple[Document, Sample]:
        """A sample, read again, and the document it stands in. The last `KEPT` are remembered."""
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

    def place(self, member: Member, part: Part) -> tuple[Document, str, int | None, int | None]:
        """The document of a member, the pointer to a part of it, and the range in that value, where it is not the
        whole."""
        if member.kind != "sample":
            entity = self._entities[offset_of(member.reference)]
            return entity.document, entity.pointer, None, None
        document, sample = self.sample(member.reference)
        if part == "id":
            return document, sample.pointer + "/id", None, None
        turn = (sample.answer if part == "answer" else sample.question) or sample.turns[0]
        if turn.start:
            return document, turn.pointer, turn.start, turn.start + len(turn.content)
        return document, turn.pointer, None, None

    def close(self) -> None:
        """Let go of the files."""
        for access in self._rows.values():
            access.close()
