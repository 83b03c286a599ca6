"""A comparison as JSON: versioned, every change with both places, what it makes stale and how it is judged."""

from __future__ import annotations

from typing import Any

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Change, Side
from palms_spec.render.json import finding_value
from palms_spec.workflows.diff import Diff, Seen

VERSION = 1


def diff_value(diff: Diff) -> dict[str, Any]:
    """The comparison as a JSON value."""
    outcome = diff.outcome
    tally = outcome.tally
    return {
        "version": VERSION,
        "base": diff.base,
        "head": diff.head,
        "summary": {
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
        "findings": [
            {
                **finding_value(one.finding),
                "change": one.change.fingerprint if one.change is not None else None,
                "accepted": one.acceptance.reason if one.acceptance is not None else None,
            }
            for one in diff.said
        ],
        "unread": list(diff.unread),
    }


def _change_value(seen: Seen) -> dict[str, Any]:
    change: Change = seen.change
    return {
        "kind": change.kind,
        "fingerprint": change.fingerprint,
        "document": change.document,
        "thing": change.thing,
        "item": change.item,
        "field": change.field,
        "base": _side_value(change.base),
        "head": _side_value(change.head),
        "dropped": list(change.dropped),
        "added": list(change.added),
        "stale": {"samples": list(seen.stale.samples), "prompts": list(seen.stale.prompts)},
        "approval": _approval_value(seen.approved),
    }


def _approval_value(approved: Approved | None) -> dict[str, Any] | None:
    if approved is None:
        return None
    return {**approved.approval.model_dump(), "counts": not approved.objection, "objection": approved.objection}


def _side_value(side: Side | None) -> dict[str, str] | None:
    if side is None:
        return None
    return {"item": side.item, "path": side.path, "pointer": side.pointer, "text": side.text}
