"""Which changes are accepted: by approvals in the head, and by suppressions in the base."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from palms_spec.comparison.approving import Approved, approved_changes
from palms_spec.comparison.change import Change
from palms_spec.documents.approvals import APPROVALS_FILE, Approval
from palms_spec.documents.records import read_records
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.facts.suppression import has_expired
from palms_spec.findings import Acceptance, Finding, Suppression
from palms_spec.sources.trees import Tree
from palms_spec.workflows.versions import ReadVersion


def approvals_of(
    changes: list[Change], base: ReadVersion, head: ReadVersion, authors: frozenset[str]
) -> dict[str, Approved]:
    """The approvals of the head, by the fingerprint of the change."""
    found: dict[str, Approved] = {}
    for name, spec in head.version.specs.items():
        path = str(PurePosixPath(spec.path).parent / APPROVALS_FILE)
        before = base.version.specs.get(name)
        owners = before.spec.governance.owners if before is not None else ()
        given = _approvals_in(head.tree, path)
        for one in approved_changes(changes, given, owners, authors):
            if one.change.fingerprint not in found or found[one.change.fingerprint].objection:
                found[one.change.fingerprint] = one
    return found


def _approvals_in(tree: Tree, path: str) -> list[Approval]:
    try:
        lines = list(read_records(tree.read(path), Approval)) if path in tree.marks else []
    except UnreadableSource:
        return []
    return [line.record for line in lines if line.record is not None]


def accepted_by(approved: dict[str, Approved], change: Change | None) -> Acceptance | None:
    one = approved.get(change.fingerprint) if change is not None else None
    if one is None or one.objection:
        return None
    return Acceptance("approval", f"{one.approval.reason} ({one.approval.by})")


@dataclass(slots=True)
class BaseSuppressions:
    """The suppressions of the base: a change may not exempt itself."""

    base: ReadVersion
    settings: Settings
    today: str
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {word: record.name for record in self.settings.known for word in record.words}

    def of(self, finding: Finding) -> Acceptance | None:
        """Why a finding is accepted by what stands around its place in the base."""
        if not finding.related:
            return None
        place = finding.related[0].place
        document = self.base.documents.get(place.path)
        for one in document.suppressions if document is not None else ():
            if self._covers(one, finding.rule, place.span.offset):
                return Acceptance("source", one.reason, one.until)
        return None

    def _covers(self, one: Suppression, rule: str, offset: int) -> bool:
        named = self._names.get(one.rule, one.rule) == rule
        return named and one.start <= offset < one.end and not has_expired(one.until, self.today)
