"""What a rule found, and where: plain frozen records that every later layer shares.

Lines and columns count from 1; columns count Unicode code points. Offsets count bytes from the start of the file (a
byte order mark included; for `.gz`, of the unpacked text), so that an offset into a file of any size can be sought.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["note", "warning", "error"]
Confidence = Literal["low", "medium", "high"]
Safety = Literal["safe", "unsafe", "shown"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
SEVERITY_RANK: dict[str, int] = {name: rank for rank, name in enumerate(SEVERITIES)}
SAFETIES: tuple[Safety, ...] = ("safe", "unsafe", "shown")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int


START_OF_FILE = Span(1, 1, 1, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file, with what stands there. `document` is the id of the document or sample, "" if it has none."""

    path: str
    span: Span
    pointer: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a finding, and what it has to do with it."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes from `start` to `end` of a file give way to `text`.

    `value` is what thereby takes the place of the same part of the key or value that stands there; None: no value
    changes.
    """

    start: int
    end: int
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding can be mended: all of the edits, in order and apart from each other, or none.

    A *safe* fix changes the meaning of no position and no answer; an *unsafe* one may, and is made only where it is
    asked for; what is only *shown* is left to a person, and may have no edits.
    """

    message: str
    safety: Safety
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    `expected` is the rule's general sentence, `message` what is the case here, `hint` what to do. `excerpt` is the text
    the finding points at: with rule, document and pointer it makes the fingerprint, which survives moved lines.
    `causes` names further paths whose change can bring the finding about, and globs of such paths, which end in `/`.
    """

    rule: str
    code: str
    severity: Severity
    confidence: Confidence
    place: Place
    expected: str
    message: str
    hint: str = ""
    excerpt: str = ""
    related: tuple[Related, ...] = ()
    causes: tuple[str, ...] = ()
    fix: Fix | None = None

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of report: path, offset, end, code, message."""
        span = self.place.span
        return (self.place.path, span.offset, span.end_offset, self.code, self.message)

    @property
    def fingerprint(self) -> str:
        """32 hex digits over rule, document (its path, where it has no id), pointer and the text pointed at."""
        identity = self.place.document or self.place.path
        parts = (self.rule, identity, self.place.pointer, self.excerpt)
        joined = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(joined, digest_size=16).hexdigest()


END_OF_FILE = 1 << 53  # behind the end of every file, and still a number in every JSON


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule that is not to be reported in a stretch of a file, as a comment or a field in that file says.

    `rule` is what stands there for it, `until` the day from which on it counts no longer, "" for none. `place` is that
    of the whole suppression and `text` what stands there; `rule_span` is that of the rule in it. It covers what begins
    in the bytes from `start` to `end`. Of several rules that share a reason, one is `first`.
    """

    rule: str
    reason: str
    until: str
    place: Place
    text: str
    rule_span: Span
    start: int = 0
    end: int = END_OF_FILE
    first: bool = True

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Order of path and of the first byte that is covered."""
        return (self.place.path, self.start, self.place.span.offset)


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """Findings that were there when the baseline was written, and are accepted: `count` of one fingerprint.

    `path` says where they stood then; a file that was moved keeps its entries if its documents keep their ids.
    """

    rule: str
    path: str
    document: str
    pointer: str
    fingerprint: str
    count: int = 1

    @property
    def sort_key(self) -> tuple[str, str, str, str, str]:
        return (self.path, self.document, self.pointer, self.rule, self.fingerprint)


AcceptedBy = Literal["source", "configuration", "baseline", "approval"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is known and not shown: by a suppression in its file, by `lint.ignores`, by the baseline, or, of a
    change, by an approval."""

    by: AcceptedBy
    reason: str = ""
    until: str = ""


def to_row(finding: Finding) -> list[Any]:
    """A finding as a list of JSON values, for the cache and for spilling to disk. `from_row` is its inverse."""
    return [
        finding.rule,
        finding.code,
        finding.severity,
        finding.confidence,
        _place_row(finding.place),
        finding.expected,
        finding.message,
        finding.hint,
        finding.excerpt,
        [[_place_row(related.place), related.label] for related in finding.related],
        list(finding.causes),
        _fix_row(finding.fix) if finding.fix is not None else None,
    ]


def from_row(row: list[Any]) -> Finding:
    """The finding that `to_row` wrote."""
    rule, code, severity, confidence, place, expected, message, hint, excerpt, related, causes, fix = row
    return Finding(
        rule,
        code,
        severity,
        confidence,
        _place(place),
        expected,
        message,
        hint,
        excerpt,
        tuple(Related(_place(where), label) for where, label in related),
        tuple(causes),
        _fix(fix) if fix is not None else None,
    )


def suppression_row(one: Suppression) -> list[Any]:
    """A suppression as a list of JSON values. `suppression_of` is its inverse."""
    place, span = _place_row(one.place), _span_row(one.rule_span)
    return [one.rule, one.reason, one.until, place, one.text, span, one.start, one.end, one.first]


def suppression_of(row: list[Any]) -> Suppression:
    """The suppression that `suppression_row` wrote."""
    rule, reason, until, place, text, span, start, end, first = row
    return Suppression(rule, reason, until, _place(place), text, Span(*span), start, end, first)


def _place_row(place: Place) -> list[Any]:
    return [place.path, _span_row(place.span), place.pointer, place.document]


def _span_row(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column, span.offset, span.end_offset]


def _place(row: list[Any]) -> Place:
    path, span, pointer, document = row
    return Place(path, Span(*span), pointer, document)


def _fix_row(fix: Fix) -> list[Any]:
    return [fix.message, fix.safety, [[edit.start, edit.end, edit.text, edit.value] for edit in fix.edits]]


def _fix(row: list[Any]) -> Fix:
    message, safety, edits = row
    return Fix(message, safety, tuple(Edit(*edit) for edit in edits))
