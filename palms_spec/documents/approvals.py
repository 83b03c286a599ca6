"""Approvals of changes: one JSON line each, appended to `approvals.jsonl` beside the specification."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import ValidationError

from palms_spec.documents.document import Defect
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


def read_approvals(data: bytes) -> Iterator[tuple[int, Approval | Defect]]:
    """Line number, from 1, and approval of every line that is not blank; what is wrong with a line that holds none."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, Approval.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            message = f"no approval: {where + ': ' if where else ''}{first['msg'].lower()}"
            yield number, Defect("schema-violation", message, "an approval is one JSON mapping a line")
