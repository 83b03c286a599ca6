"""`gitlab`: a Code Quality report, which GitLab shows in a merge request. Findings are written as they come."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.engine.outcome import Outcome
from palms_spec.findings import Finding, Severity
from palms_spec.render.escaping import json_text, visible
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, checkout_folder

SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render_gitlab(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings as one JSON array, a finding a line."""
    name = view.paths_from(checkout_folder())
    write = out.stream.write
    write("[")
    separator = "\n"
    place, seen = ("", ""), Counter[str]()
    for finding in outcome.stream():
        if place != (place := (finding.path, finding.place.document)):
            seen.clear()
        number = seen[finding.fingerprint]
        seen[finding.fingerprint] += 1
        write(separator + json_text(_value(finding, name(finding.path), number)))
        separator = ",\n"
    for rule, reason in outcome.not_evaluated:
        write(separator + json_text(_unknown(rule, reason, name(PROJECT_FILE))))
        separator = ",\n"
    write("\n]\n")


def _unknown(rule: str, reason: str, path: str) -> dict[str, Any]:
    """A rule that could not look: the report has no other place for it, and to leave it out would be to pass it."""
    return {
        "description": visible(f"{rule}: not evaluated: {reason}"),
        "check_name": rule,
        "fingerprint": blake2b(f"{rule}\0{reason}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        "severity": "info",
        "location": {"path": path, "lines": {"begin": 1, "end": 1}},
    }


def _value(finding: Finding, path: str, number: int) -> dict[str, Any]:
    span = finding.place.span
    return {
        "description": visible(f"{finding.rule}: {finding.message}"),
        "check_name": finding.rule,
        "fingerprint": _fingerprint(finding, number),
        "severity": SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": span.line, "end": span.end_line}},
    }


def _fingerprint(finding: Finding, number: int) -> str:
    """The finding's own, told apart from others in the file with the same: GitLab shows one of a kind."""
    parts = f"{finding.fingerprint}\0{finding.path}\0{number}".encode("utf-8", "surrogatepass")
    return blake2b(parts, digest_size=16).hexdigest()
