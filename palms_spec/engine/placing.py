"""From a rule's problem to a finding: the place is worked out here, and only for problems."""

from __future__ import annotations

from palms_spec.documents.document import Document, characters
from palms_spec.documents.opening import open_document
from palms_spec.findings import START_OF_FILE, Finding, Place, Related, Severity
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Problem

EXCERPT = 200


def place_in(
    document: Document,
    pointer: str,
    *,
    on_key: bool = False,
    start: int | None = None,
    end: int | None = None,
    offset: int | None = None,
) -> tuple[Place, str]:
    """The place a pointer (or a character offset) leads to in a document, and the text that stands there."""
    open_document(document)
    if document.source is None:
        return Place(document.path, START_OF_FILE, pointer, document.id), ""
    if offset is not None:
        text = document.source.text
        first, last = offset, end if end is not None else offset + bool(text[offset : offset + 1].strip())
    else:
        first, last = characters(document, pointer, on_key=on_key, start=start, end=end)
    place = Place(document.path, document.source.span(first, last), pointer, document.id)
    return place, document.source.text[first:last][:EXCERPT]


def finding_of(
    record: RuleRecord,
    problem: Problem,
    document: Document,
    *,
    severity: Severity,
    related: tuple[Related, ...] = (),
) -> Finding:
    """The finding that a problem in a document amounts to."""
    place, excerpt = place_in(
        document,
        problem.pointer,
        on_key=problem.on_key,
        start=problem.start,
        end=problem.end,
        offset=problem.offset,
    )
    fix = None
    if problem.repair is not None:
        from palms_spec.engine.edits import fix_of  # it stands on the writing of YAML

        fix = fix_of(problem.repair, document)
    return Finding(
        record.name,
        record.code,
        problem.severity or severity,
        record.confidence,
        place,
        record.expected,
        problem.message,
        problem.hint,
        excerpt,
        related,
        problem.causes,
        fix,
    )
