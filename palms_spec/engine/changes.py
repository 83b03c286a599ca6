"""The rules about changes: findings in the head, with the place in the base beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.facts import ChangeFacts, ComparisonFacts
from palms_spec.documents.document import Document
from palms_spec.engine.placing import finding_of, place_in
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.findings import Finding, Related
from palms_spec.rulekit.problem import Problem

NO_TEXT: Mapping[str, Document] = {}


@dataclass(frozen=True, slots=True)
class Texts:
    """The documents of both versions, by path, and what the base is called."""

    base: Mapping[str, Document]
    head: Mapping[str, Document]
    base_label: str

    def related(self, side: Side | None) -> tuple[Related, ...]:
        """Where something stood before."""
        if side is None or side.path not in self.base:
            return ()
        place, _ = place_in(self.base[side.path], side.pointer)
        return (Related(place, f"in {self.base_label}"),)

    def standing(self, change: Change) -> tuple[Document, str]:
        """The document of the head and the pointer in it at which a change is shown: of what is gone, at what it was
        in."""
        if change.head is not None:
            return self._document(change.head.path), change.head.pointer
        assert change.base is not None, "a change has a side"
        return self._document(change.base.path), parent(change.base.pointer)

    def _document(self, path: str) -> Document:
        return self.head.get(path) or Document(path)


def parent(pointer: str) -> str:
    """The pointer to the thing around a category, a position or a prompt."""
    above = pointer.rpartition("/")[0]
    return above.rpartition("/")[0] if above.rpartition("/")[2] in ("positions", "categories", "prompts") else above


def change_findings(
    changes: Iterable[ChangeFacts], comparisons: Iterable[ComparisonFacts], rulebook: Rulebook, texts: Texts
) -> Iterator[tuple[Finding, Change | None]]:
    """What the rules find, change by change and then document by document; with the change that it is about."""
    calls = [(record, rulebook.check(record)) for record in rulebook.of("change")]
    for facts in changes:
        document, pointer = texts.standing(facts.change)
        for record, problem in run_checks(calls, facts):
            at = Problem(problem.message, problem.hint, pointer, severity=problem.severity)
            related = texts.related(facts.change.base)
            yield finding_of(record, at, document, severity=record.severity, related=related), facts.change
    calls = [(record, rulebook.check(record)) for record in rulebook.of("comparison")]
    for comparison in comparisons:
        document = texts.head.get(comparison.path) or Document(comparison.path)
        for record, problem in run_checks(calls, comparison):
            yield finding_of(record, problem, document, severity=record.severity), None
