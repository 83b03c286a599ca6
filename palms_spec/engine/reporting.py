"""From problems that rules found in a document to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from palms_spec.documents.document import Defect, Document
from palms_spec.engine.placing import finding_of, place_in
from palms_spec.engine.rulebook import Rulebook, effective_severity
from palms_spec.engine.running import Found, run_checks
from palms_spec.errors import SourceError
from palms_spec.findings import Finding, Related
from palms_spec.rulekit.index import RuleRecord

NO_DOCUMENTS: Mapping[str, Document] = {}


def findings_in(
    document: Document,
    found: Iterable[Found],
    *,
    draft: bool = False,
    documents: Mapping[str, Document] = NO_DOCUMENTS,
) -> Iterator[Finding]:
    """The findings of problems that stand in a document. Places elsewhere are looked up in `documents`, by path."""
    for record, problem in found:
        related = tuple(
            Related(place_in(documents[other.path], other.pointer)[0], other.label) for other in problem.related
        )
        severity = effective_severity(record, draft)
        yield finding_of(record, problem, document, severity=severity, related=related)


class DocumentRules:
    """The rules about what reading a document met. One is imported when its defect is first met."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._by_defect = {record.defect: record for record in rulebook.of("document") if record.defect}

    def findings(self, document: Document) -> Iterator[Finding]:
        """What there is to report of the defects of a document."""
        kinds = {defect.kind for defect in document.defects}
        records = [record for kind, record in self._by_defect.items() if kind in kinds]
        calls: list[tuple[RuleRecord, Callable[[Any], Iterable[Any]]]] = [
            (record, self._rulebook.check(record)) for record in records
        ]
        return findings_in(document, run_checks(calls, document))


def unreadable(path: str, error: SourceError) -> Document:
    """A file that cannot be read, as a document that says so."""
    return Document(path, defects=[Defect("unreadable-document", error.message, error.hint, offset=error.offset)])
