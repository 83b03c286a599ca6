"""A comparison as JSON: versioned, every change with both places, what it makes stale and how it is judged."""

from __future__ import annotations

from typing import Any

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Side
from palms_spec.engine.difference import Difference, Said, Seen
from palms_spec.findings import Place
from palms_spec.render.json import finding_value

VERSION = 1


def diff_value(diff: Difference) -> dict[str, Any]:
    """The comparison as a JSON value."""
    outcome = diff.outcome
    tally = outcome.tally
    return {
        "version": VERSION,
        "base": diff.base,
        "head": diff.head,
        "summary": {
            "compared": diff.compared,
            "changes": len(diff.seen),
            "errors": tally.severities["error"],
            "warnings": tally.severities["warning"],
            "notes": tally.severities["note"],
            "accepted": tally.accepted.total(),
            "fail_on": outcome.fail_on,
            "exit_code": outcome.exit_code,
        },
        "specifications": [
            {"id": one.name, "base": one.versions[0], "head": one.versions[1], "made": one.made, "needed": one.needed}
            for one in diff.documents
            if one.kind == "spec"
        ],
        "changes": [_change_value(one) for one in diff.seen],
        "coverage": [{"position": one.position, "base": one.before, "head": one.after} for one in diff.coverage],
        "findings": [_finding_value(one) for one in diff.said],
        "unread": list(diff.unread),
        "not_evaluated": [{"rule": rule, "reason": reason} for rule, reason in diff.not_evaluated],
    }


def _finding_value(said: Said) -> dict[str, Any]:
    accepted = said.acceptance
    return {
        **finding_value(said.finding),
        "change": said.change.fingerprint if said.change is not None else None,
        "accepted": {"by": accepted.by, "reason": accepted.reason, "until": accepted.until or None}
        if accepted
        else None,
    }


def _change_value(seen: Seen) -> dict[str, Any]:
    change = seen.change
    return {
        "kind": change.kind,
        "fingerprint": change.fingerprint,
        "document": change.document,
        "thing": change.thing,
        "item": change.item,
        "field": change.field,
        "base": _side_value(change.base, seen.base),
        "head": _side_value(change.head, seen.head),
        "dropped": list(change.dropped),
        "added": list(change.added),
        "stale": {
            "samples": list(seen.stale.samples),
            "prompts": list(seen.stale.prompts),
            "reviews": list(seen.stale.reviews),
            "results": list(seen.stale.results),
        },
        "approval": _approval_value(seen.approved),
    }


def _approval_value(approved: Approved | None) -> dict[str, Any] | None:
    if approved is None:
        return None
    return {**approved.approval.model_dump(), "counts": not approved.objection, "objection": approved.objection}


def _side_value(side: Side | None, place: Place | None) -> dict[str, Any] | None:
    if side is None:
        return None
    where = {"line": place.span.line, "column": place.span.column} if place is not None else {}
    return {"item": side.item, "path": side.path, "pointer": side.pointer, **where, "text": side.text}
