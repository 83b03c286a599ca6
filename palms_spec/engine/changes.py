"""The rules about changes: findings in the head, with the place in the base beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.facts import ChangeFacts, ComparisonFacts
from palms_spec.comparison.wording import first_difference
from palms_spec.documents.document import Document
from palms_spec.engine.placing import finding_of, place_in
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.findings import START_OF_FILE, Finding, Place, Related, Span
from palms_spec.rulekit.problem import Problem


@dataclass(frozen=True, slots=True)
class Texts:
    """Both versions, to point at: a document by its path, None where there is none; what the base is called, and what
    stands before its paths where it lies elsewhere."""

    base: Callable[[str], Document | None]
    head: Callable[[str], Document | None]
    base_label: str = ""
    base_prefix: str = ""

    def before(self, change: Change) -> Place | None:
        """Where what changed stood in the base."""
        return _place(change.base, change.head, self.base) if change.base is not None else None

    def now(self, change: Change) -> Place | None:
        """Where what changed stands in the head."""
        return _place(change.head, change.base, self.head) if change.head is not None else None

    def shown(self, before: Place | None) -> Place | None:
        """A place in the base, for those who look at the head."""
        return (
            replace(before, path=self.base_prefix + before.path) if before is not None and self.base_prefix else before
        )

    def related(self, before: Place | None) -> tuple[Related, ...]:
        """The place in the base as a second one of a finding."""
        place = self.shown(before)
        return (Related(place, f"in {self.base_label}"),) if place is not None else ()

    def standing(self, change: Change) -> tuple[Document, str]:
        """The document of the head and the pointer in it at which a change is shown: of what is gone, at what it was
        in."""
        if change.head is not None:
            return self._document(change.head.path), change.head.pointer
        assert change.base is not None, "a change has a side"
        return self._document(change.base.path), parent(change.base.pointer)

    def _document(self, path: str) -> Document:
        return self.head(path) or Document(path)


def _place(side: Side, other: Side | None, document: Callable[[str], Document | None]) -> Place:
    """A row is known by its line, and what fills a file by the file: neither is read again for it."""
    if side.line:
        return Place(side.path, Span(side.line, 1, side.line, 1, 0, 0), side.pointer, side.item)
    found = document(side.path) if side.pointer else None
    if found is None:
        return Place(side.path, START_OF_FILE, side.pointer, side.item)
    start, end = _changed_part(found, side, other)
    return place_in(found, side.pointer, start=start, end=end)[0]


def _changed_part(document: Document, side: Side, other: Side | None) -> tuple[int | None, int | None]:
    """Where in a text the first change stands. A section of a published text can be pages long; a statement of our own
    is shown as a whole."""
    if not document.published or other is None:
        return None, None
    return first_difference(side.text, other.text) or (None, None)


def parent(pointer: str) -> str:
    """The pointer to the thing around a category, a position or a prompt."""
    above = pointer.rpartition("/")[0]
    return above.rpartition("/")[0] if above.rpartition("/")[2] in ("positions", "categories", "prompts") else above


def change_findings(
    changes: Iterable[ChangeFacts], comparisons: Iterable[ComparisonFacts], rulebook: Rulebook, texts: Texts
) -> Iterator[tuple[Finding, Change | None, Place | None, tuple[str, str]]]:
    """What the rules find, change by change and then document by document; with the change that it is about, where
    that stood in the base, and the sort and the id of a document that it is about as a whole."""
    calls = [(record, rulebook.check(record)) for record in rulebook.of("change")]
    for facts in changes:
        for record, problem in run_checks(calls, facts):
            document, pointer = texts.standing(facts.change)
            before, head = texts.before(facts.change), facts.change.head
            start, end = _changed_part(document, head, facts.change.base) if head is not None else (None, None)
            at = Problem(problem.message, problem.hint, pointer, start=start, end=end, severity=problem.severity)
            related = texts.related(before)
            yield (
                finding_of(record, at, document, severity=record.severity, related=related),
                facts.change,
                before,
                ("", ""),
            )
    calls = [(record, rulebook.check(record)) for record in rulebook.of("comparison")]
    for comparison in comparisons:
        document = texts.head(comparison.path) or Document(comparison.path)
        before_path = texts.base(comparison.path)
        for record, problem in run_checks(calls, comparison):
            before = place_in(before_path, problem.pointer)[0] if before_path is not None else None
            about = (comparison.kind, comparison.name)
            yield finding_of(record, problem, document, severity=record.severity), None, before, about
