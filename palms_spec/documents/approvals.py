"""Approvals of changes: one JSON line each, appended to `approvals.jsonl` beside the specification."""

from __future__ import annotations

import json

from palms_spec.documents.model import Id, Model, Text

APPROVALS_FILE = "approvals.jsonl"


class Approval(Model):
    """That somebody accountable has seen a change and means it.

    `change` is the kind of change as the approver sees it: `position-reworded` for one that words alone would take for
    a change of meaning. `by` is an owner of the specification, `at` the moment (ISO 8601), `spec_version` the version
    of the head.
    """

    fingerprint: Text
    change: Id
    reason: Text
    by: Text
    at: Text
    spec_version: Text

    def as_line(self) -> str:
        """The line of a record file."""
        return json.dumps(self.model_dump(), ensure_ascii=False) + "\n"
