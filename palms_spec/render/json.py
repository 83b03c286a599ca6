"""`json`: everything that is known of every finding, for programs. Findings are written as they come; none is left out.

The form is described by `report_schema`, and its version goes up when something is renamed or removed.
"""

from __future__ import annotations

from typing import Any

from palms_spec import __version__
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.repairs import Repairs
from palms_spec.findings import SEVERITIES, Finding, Fix, Place
from palms_spec.render.escaping import json_text
from palms_spec.render.terminal import Output
from palms_spec.render.view import View

VERSION = 1


def render_json(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run as one JSON object, a finding a line."""
    write = out.stream.write
    write(json_text(head_value(outcome))[:-1] + ', "findings": [')
    separator = "\n"
    for finding in outcome.stream():
        write(separator + json_text(finding_value(finding)))
        separator = ",\n"
    write("\n], " + json_text(tail_value(outcome))[1:] + "\n")


def head_value(outcome: Outcome) -> dict[str, Any]:
    """What stands before the findings."""
    return {"version": VERSION, "tool": {"name": "palms", "version": __version__}, "summary": _summary(outcome)}


def tail_value(outcome: Outcome) -> dict[str, Any]:
    """What stands after the findings."""
    return {
        "not_evaluated": [{"rule": rule, "reason": reason} for rule, reason in outcome.not_evaluated],
        "fixed": _repairs_value(outcome.repairs) if outcome.repairs is not None else None,
        "omitted": 0,
    }


def _repairs_value(repairs: Repairs) -> dict[str, Any]:
    return {
        "rules": dict(sorted(repairs.fixed.items())),
        "files": list(repairs.files),
        "left_alone": [
            {"path": one.path, "line": one.line, "rule": one.rule, "reason": one.reason} for one in repairs.left_alone
        ],
        "more_left_alone": repairs.more,
    }


def _summary(outcome: Outcome) -> dict[str, Any]:
    scope, tally = outcome.scope, outcome.tally
    return {
        **{f"{severity}s": tally.severities[severity] for severity in reversed(SEVERITIES)},
        "documents": scope.documents,
        "datasets": scope.datasets,
        "samples": scope.samples,
        "suppressed": tally.suppressed,
        "baselined": tally.baselined,
        "fail_on": outcome.fail_on,
        "exit_code": outcome.exit_code,
    }


def finding_value(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON value."""
    return {
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity,
        "confidence": finding.confidence,
        **_place_value(finding.place),
        "expected": finding.expected,
        "message": finding.message,
        "hint": finding.hint,
        "fix": _fix_value(finding.fix) if finding.fix is not None else None,
        "fingerprint": finding.fingerprint,
        "related": [{**_place_value(related.place), "label": related.label} for related in finding.related],
    }


def _fix_value(fix: Fix) -> dict[str, Any]:
    edits = [{"offset": edit.start, "end_offset": edit.end, "text": edit.text} for edit in fix.edits]
    return {"message": fix.message, "safety": fix.safety, "edits": edits}


def _place_value(place: Place) -> dict[str, Any]:
    span = place.span
    return {
        "path": place.path,
        "pointer": place.pointer,
        "span": {
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
            "offset": span.offset,
            "end_offset": span.end_offset,
        },
        "document": place.document,
    }
