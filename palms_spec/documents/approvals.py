"""Approvals of changes: one JSON line each, appended to `approvals.jsonl` beside the specification."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from palms_spec.documents.model import Id, Text
from palms_spec.documents.records import Moment, RecordModel
from palms_spec.documents.spec import SemanticVersion

APPROVALS_FILE = "approvals.jsonl"
Fingerprint = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Field(description="As palms diff shows it: 16 hex digits.")
]


class Approval(RecordModel):
    """That somebody accountable has seen a change and means it.

    `change` is the kind of change as the approver sees it: `position-reworded` for one that words alone would take for
    a change of meaning. `by` is an owner of the specification, `at` the moment (ISO 8601), `spec_version` the version
    of the head.
    """

    fingerprint: Fingerprint
    change: Id
    reason: Text
    by: Text
    at: Moment
    spec_version: SemanticVersion
