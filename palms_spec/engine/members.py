"""From references back to what they refer to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palms_spec.documents.context import SampleContext
from palms_spec.documents.document import Document
from palms_spec.engine.plan import RowsPlan
from palms_spec.engine.units import SampleFile
from palms_spec.facts.group import Member
from palms_spec.facts.references import ENTITIES, file_of, offset_of
from palms_spec.rulekit.problem import Part

if TYPE_CHECKING:
    from palms_spec.documents.sample import Sample
    from palms_spec.engine.recall import Recall
    from palms_spec.sources.row_access import RowAccess


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

    `read` gives the bytes of a file of samples, `access` the rows of a file of rows.
    """

    def __init__(
        self,
        plan: RowsPlan,
        files: list[SampleFile],
        entities: list[Entity],
        read: Callable[[str], bytes],
        access: Callable[[str], RowAccess],
    ) -> None:
        self._plan = plan
        self._files = files
        self._entities = entities
        self._read = read
        self._access = access
        self._recall: Recall | None = None

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
        """A sample, read again, and the document it stands in."""
        return self._recalled.standing(reference)

    def sample_alone(self, reference: int) -> Sample:
        """A sample, read again, which is quicker without its document."""
        return self._recalled.sample(reference)

    @property
    def _recalled(self) -> Recall:
        if self._recall is None:
            from palms_spec.engine.recall import Recall  # where nothing is alike, no sample is read again

            self._recall = Recall(self._plan, self._files, self._read, self._access)
        return self._recall

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
        if self._recall is not None:
            self._recall.close()
