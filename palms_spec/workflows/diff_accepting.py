"""Which changes are accepted: by approvals in the head, and by suppressions in the base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from palms_spec.comparison.approving import Approved, approved_changes
from palms_spec.comparison.change import Change
from palms_spec.documents.approvals import APPROVALS_FILE, Approval
from palms_spec.documents.records import read_records
from palms_spec.documents.references import parse_reference
from palms_spec.engine.difference import OF_DOCUMENT, Approvers
from palms_spec.engine.ignores import is_off
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.facts.suppression import has_expired
from palms_spec.findings import Acceptance, Finding, Place, Suppression
from palms_spec.sources.trees import Tree
from palms_spec.workflows.diff_sides import Sides
from palms_spec.workflows.versions import ReadVersion

Key = tuple[str, str]


def approvers_in(base: ReadVersion, head: ReadVersion) -> dict[str, Approvers]:
    """Who may approve changes of each specification, and where."""
    found: dict[str, Approvers] = {}
    for name in sorted({*base.version.specs, *head.version.specs}):
        before, now = base.version.specs.get(name), head.version.specs.get(name)
        owners = before.spec.governance.owners if before is not None else []
        one = now or before
        assert one is not None, "it is in one of them"
        path = str(PurePosixPath(one.path).parent / APPROVALS_FILE)
        found[name] = Approvers(tuple(owners), one.spec.version, path, path in head.tree.marks)
    return found


def followed(base: ReadVersion, head: ReadVersion) -> dict[Key, str]:
    """The specification that each prompt set and each dataset follows, by sort and id; what the base says counts, so
    that a change does not choose who may approve it."""
    found: dict[Key, str] = {}
    for version in (head.version, base.version):
        for name, prompts in version.prompt_sets.items():
            found["prompt-set", name] = parse_reference(prompts.prompts.spec).id
        for name, dataset in version.datasets.items():
            if dataset.dataset.spec is not None:
                found["dataset", name] = parse_reference(dataset.dataset.spec).id
    return found


def approvals_of(
    changes: list[Change], approvers: Mapping[str, Approvers], follows: Mapping[Key, str], head: Tree, sides: Sides
) -> dict[str, Approved]:
    """The approvals of the head, by the fingerprint of the change. What stands beside one specification says nothing of
    another."""
    found: dict[str, Approved] = {}
    for name, one in approvers.items():
        own = [change for change in changes if _specification(change, follows) == name]
        given = _approvals_in(head, one.path)
        for approved in approved_changes(own, given, one.owners, lambda change: sides.authors_of(paths_of(change))):
            found[approved.change.fingerprint] = approved
    return found


def paths_of(change: Change) -> set[str]:
    """The files that a change is in."""
    return {side.path for side in (change.base, change.head) if side is not None}


def _specification(change: Change, follows: Mapping[Key, str]) -> str:
    kind = OF_DOCUMENT.get(change.thing, change.thing)
    return change.document if kind == "spec" else follows.get((kind, change.document), "")


def _approvals_in(tree: Tree, path: str) -> list[Approval]:
    try:
        lines = list(read_records(tree.read(path), Approval)) if path in tree.marks else []
    except UnreadableSource:
        return []
    return [line.record for line in lines if line.record is not None]


def accepted_by(approved: Mapping[str, Approved], change: Change | None) -> Acceptance | None:
    """The acceptance of a change by an approval that counts."""
    one = approved.get(change.fingerprint) if change is not None else None
    if one is None or one.objection:
        return None
    return Acceptance("approval", f"{one.approval.reason} ({one.approval.by})")


@dataclass(slots=True)
class BaseSuppressions:
    """The suppressions of the base, in its files and in its palms.toml: a change may not exempt itself."""

    base: ReadVersion
    settings: Settings
    today: str
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {word: record.name for record in self.settings.known for word in record.words}

    def leave_out(self, finding: Finding, before: Place | None) -> bool:
        """Whether the rule is off for the file in which something stood `before`, or for what is new, stands."""
        path = before.path if before is not None else finding.path
        return is_off(self.settings.file_rules, finding.rule, path)

    def of(self, finding: Finding, before: Place | None) -> Acceptance | None:
        """Why a finding is accepted by what the base says of its place there; of what is new, by its palms.toml."""
        document = self.base.documents.get(before.path) if before is not None else None
        for one in document.suppressions if document is not None else ():
            if before is not None and self._covers(one, finding.rule, before.span.offset):
                return Acceptance("source", one.reason, one.until)
        path, pointer = (before.path, before.pointer) if before is not None else (finding.path, finding.place.pointer)
        for entry in self.settings.ignores:
            named = self._names.get(entry.rule, entry.rule) == finding.rule
            if named and entry.covers_at(path, pointer) and not has_expired(entry.until, self.today):
                return Acceptance("configuration", entry.reason, entry.until)
        return None

    def _covers(self, one: Suppression, rule: str, offset: int) -> bool:
        named = self._names.get(one.rule, one.rule) == rule
        return named and one.start <= offset < one.end and not has_expired(one.until, self.today)
