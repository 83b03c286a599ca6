"""`sarif`: SARIF 2.1.0, for code scanning and for viewers. Results are written as they come.

None is left out: what is suppressed or stands in the baseline is marked so.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from palms_spec import __version__
from palms_spec.engine.outcome import Outcome
from palms_spec.errors import EXIT_ERROR
from palms_spec.findings import Acceptance, Edit, Finding, Fix, Place, Span
from palms_spec.render.escaping import json_text, visible
from palms_spec.render.rule_page import rule_markdown
from palms_spec.render.terminal import Output
from palms_spec.render.view import View
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import RuleRecord, read_index

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
NOT_EVALUATED = "not-evaluated"
INCOMPLETE = "incomplete"
NOTIFICATIONS = {
    NOT_EVALUATED: "A rule could not look. Nothing is known of what it would have found.",
    INCOMPLETE: "A rule failed, so not all is known.",
}
FINGERPRINT = "palmsFingerprint/v1"
EXIT_CODES = {
    0: "nothing at or above --fail-on was found",
    1: "something at or above --fail-on was found",
    2: "a rule failed",
}
PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}
"""What GitHub calls the severities of rules."""

_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def render_sarif(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run as a SARIF log, a result a line."""
    write = out.stream.write
    records = list(_records(outcome))
    numbers = {record.name: number for number, record in enumerate(records)}
    root = view.root.resolve().as_uri()
    head = {
        "tool": {"driver": _driver(records)},
        "invocations": [_invocation(outcome, numbers)],
        "originalUriBaseIds": {ROOT: {"uri": root if root.endswith("/") else root + "/"}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "defaultEncoding": "utf-8",
        "language": "en",
    }
    write(json_text({"$schema": SCHEMA, "version": "2.1.0"})[:-1] + ', "runs": [' + json_text(head)[:-1])
    write(', "results": [')
    separator = "\n"
    marked = bool(outcome.tally.accepted)
    for finding, acceptance in outcome.all():
        value = _result(finding, numbers[finding.rule])
        if marked:  # then all results have to say whether they are suppressed
            value["suppressions"] = [] if acceptance is None else [_suppression(acceptance)]
        write(separator + json_text(value))
        separator = ",\n"
    write("\n]}]}\n")


def _records(outcome: Outcome) -> Iterator[RuleRecord]:
    """The rules that have results or could not be evaluated, by code."""
    known = {record.name: record for record in (*read_index(), *outcome.records, RULE_CRASHED)}
    wanted = {rule: known[rule] for rule, _ in outcome.not_evaluated if rule in known}
    for finding, _ in outcome.all():
        if finding.rule not in wanted:
            wanted[finding.rule] = known.get(finding.rule) or _record(finding)
    yield from sorted(wanted.values(), key=lambda record: record.code)


def _record(finding: Finding) -> RuleRecord:
    """What a finding tells of its rule."""
    return RuleRecord(
        name=finding.rule,
        code=finding.code,
        family=finding.code.rstrip("0123456789"),
        module="",
        severity=finding.severity,
        confidence=finding.confidence,
        stability="stable",
        since="",
        subject="document",
        expected=finding.expected,
        doc=finding.expected,
    )


def _driver(records: Iterable[RuleRecord]) -> dict[str, Any]:
    return {
        "name": "palms",
        "version": __version__,
        "rules": [_descriptor(record) for record in records],
        "notifications": [{"id": name, "shortDescription": {"text": text}} for name, text in NOTIFICATIONS.items()],
    }


def _descriptor(record: RuleRecord) -> dict[str, Any]:
    return {
        "id": record.code,
        "name": record.name,
        "shortDescription": _message(record.summary),
        "fullDescription": _message(record.expected),
        "help": {"text": record.doc, "markdown": rule_markdown(record)},
        "defaultConfiguration": {"level": record.severity},
        "properties": {
            "tags": [record.family],
            "precision": record.confidence,
            "problem.severity": PROBLEM[record.severity],
        },
    }


def _invocation(outcome: Outcome, numbers: dict[str, int]) -> dict[str, Any]:
    code = outcome.exit_code
    notifications = [
        _notification(NOT_EVALUATED, "warning", f"{rule}: {reason}", numbers.get(rule))
        for rule, reason in outcome.not_evaluated
    ]
    if code == EXIT_ERROR:
        notifications.append(
            _notification(INCOMPLETE, "error", NOTIFICATIONS[INCOMPLETE], numbers.get(RULE_CRASHED.name))
        )
    return {
        "executionSuccessful": code != EXIT_ERROR,
        "exitCode": code,
        "exitCodeDescription": EXIT_CODES[code],
        "toolExecutionNotifications": notifications,
    }


def _notification(name: str, level: str, text: str, number: int | None) -> dict[str, Any]:
    value = {"descriptor": {"id": name}, "level": level, "message": _message(text)}
    return value if number is None else {**value, "associatedRule": {"index": number}}


def _result(finding: Finding, number: int) -> dict[str, Any]:
    text = f"{finding.message.rstrip('.')}. Hint: {finding.hint}" if finding.hint else finding.message
    value = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": finding.severity,
        "message": _message(text),
        "locations": [{"physicalLocation": _location(finding.place)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "confidence": finding.confidence,
            "document": finding.place.document,
            "pointer": finding.place.pointer,
        },
    }
    if finding.related:
        value["relatedLocations"] = [
            {"physicalLocation": _location(related.place), "message": _message(related.label)}
            for related in finding.related
        ]
    if finding.fix and finding.fix.edits and not _is_packed(finding.path):
        value["fixes"] = [_fix(finding, finding.fix)]
    return value


def _suppression(acceptance: Acceptance) -> dict[str, Any]:
    reason = visible(acceptance.reason) or ("in the baseline" if acceptance.by == "baseline" else "")
    return {
        "kind": "inSource" if acceptance.by == "source" else "external",
        **({"justification": reason} if reason else {}),
        "properties": {"by": acceptance.by, **({"until": acceptance.until} if acceptance.until else {})},
    }


def _fix(finding: Finding, fix: Fix) -> dict[str, Any]:
    return {
        "description": _message(fix.message),
        "artifactChanges": [
            {
                "artifactLocation": _artifact(finding.path),
                "replacements": [_replacement(edit, finding) for edit in fix.edits],
            }
        ],
        "properties": {"safety": fix.safety},
    }


def _replacement(edit: Edit, finding: Finding) -> dict[str, Any]:
    span = finding.place.span
    if (edit.start, edit.end) == (span.offset, span.end_offset):
        return {"deletedRegion": _text_region(span), "insertedContent": {"text": edit.text}}
    content = b64encode(edit.text.encode("utf-8", "surrogatepass")).decode("ascii")
    return {
        "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
        "insertedContent": {"binary": content},
    }


def _location(place: Place) -> dict[str, Any]:
    return {"artifactLocation": _artifact(place.path), "region": _region(place.path, place.span)}


def _artifact(path: str) -> dict[str, str]:
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    return {"uri": quote(name), "uriBaseId": ROOT}


def _region(path: str, span: Span) -> dict[str, int]:
    if _is_packed(path):
        return _text_region(span)
    return {**_text_region(span), "byteOffset": span.offset, "byteLength": span.end_offset - span.offset}


def _text_region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _is_packed(path: str) -> bool:
    """Whether offsets are those of the unpacked text, and so no offsets in the file."""
    return path.endswith(".gz")


def _message(text: str) -> dict[str, str]:
    """A plain text message. `{0}` and `[a](b)`, which viewers would fill in or make a link of, stay what they are.

    The standard has all braces doubled, but the viewers at hand undo that only in messages with arguments.
    """
    return {"text": _PLACEHOLDER.sub(r"{{\1}}", visible(text)).replace("](", "] (")}
