"""Record that somebody accountable has seen a change and means it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from palms_spec.comparison.approving import EDITORIAL, MAY_BE_EDITORIAL, approved_changes
from palms_spec.comparison.change import Change
from palms_spec.documents.approvals import Approval
from palms_spec.engine.difference import Approvers, Difference
from palms_spec.engine.settings import Settings
from palms_spec.errors import UsageError
from palms_spec.sources.git import user
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_accepting import paths_of
from palms_spec.workflows.diff_sides import Sides

SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Recorded:
    """An approval that was written, the change it is of and the file that holds it. `objection` says why it will not
    count, "" if it will."""

    approval: Approval
    change: Change
    path: Path
    objection: str = ""


def approve(
    sides: Sides, settings: Settings, fingerprint: str, *, reason: str, by: str = "", editorial: bool = False
) -> Recorded:
    """Append an approval of the change with a fingerprint, or the start of one, to the record beside its specification.

    `by` is the mail address or the name that git knows the user by, if it is left out. An `editorial` approval says
    that a change of words is none of meaning. Raises UsageError where no change, or more than one, has the fingerprint.
    """
    if not reason.strip():
        raise UsageError("an approval has a reason", hint='--reason "..."')
    change, approvers = _chosen(diff(sides, settings, cache=False), fingerprint)
    names = [by] if by else [*reversed(user(sides.root))]
    if not names:
        raise UsageError("git does not know who you are", hint="say it with --by")
    if editorial and change.kind != MAY_BE_EDITORIAL:
        raise UsageError(f"{change.kind} cannot be editorial", hint=f"only {MAY_BE_EDITORIAL} can")
    kind = EDITORIAL if editorial else change.kind
    at = datetime.now(UTC).isoformat(timespec="seconds")
    version, authors = approvers.version, sides.authors_of(paths_of(change))
    judged = []
    for name in names:
        approval = Approval(
            fingerprint=change.fingerprint, change=kind, reason=reason, by=name, at=at, spec_version=version
        )
        judged += approved_changes([change], [approval], approvers.owners, lambda _: authors)
    chosen = next((one for one in judged if not one.objection), judged[0])
    path = sides.root / approvers.path
    _append(path, chosen.approval.as_line())
    return Recorded(chosen.approval, change, path, chosen.objection)


def _chosen(found: Difference, fingerprint: str) -> tuple[Change, Approvers]:
    matching = {
        one.change.fingerprint: one.change for one in found.seen if one.change.fingerprint.startswith(fingerprint)
    }
    if len(fingerprint) < SHORTEST or not matching:
        short = f"; give at least {SHORTEST} characters of one" if len(fingerprint) < SHORTEST else ""
        raise UsageError(f"no change has the fingerprint {fingerprint}", hint=f"`palms diff` shows them{short}")
    if len(matching) > 1:
        raise UsageError(
            f"more than one change has a fingerprint that starts with {fingerprint}", hint="give more of it"
        )
    change = next(iter(matching.values()))
    approvers = found.approvers_of(change)
    if approvers is None:
        raise UsageError(f"{change.item} follows no specification, so it has no owners who could approve it")
    return change, approvers


def _append(path: Path, line: str) -> None:
    """Add a line to a record file; a last line without its end gets one."""
    data = path.read_bytes() if path.exists() else b""
    start = "\n" if data and not data.endswith(b"\n") else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write((start + line).encode())
