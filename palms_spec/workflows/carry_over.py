"""Stale reviews renewed after a change of style: who gave them stands by them, and the records say that nobody looked
again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from palms_spec.comparison.approving import EDITORIAL, names_of
from palms_spec.comparison.change import Change
from palms_spec.comparison.specs import SpecVersion, spec_changes
from palms_spec.documents.approvals import APPROVALS_FILE, Approval
from palms_spec.documents.records import read_records
from palms_spec.documents.review_files import FOLDER
from palms_spec.documents.reviews import HUMAN, Review
from palms_spec.documents.spec import Category, Position
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.judging.people import file_for, mark_of
from palms_spec.judging.recording import appending
from palms_spec.judging.renewals import Renewal, Renewals
from palms_spec.sources.locked import locked
from palms_spec.workflows.earlier_wordings import EarlierWordings
from palms_spec.workflows.review import LOCKS
from palms_spec.workflows.review_queue import Wanted, every_review
from palms_spec.workflows.reviewed import ReviewedProject, read_reviewed

OF_MEANING = frozenset(("position-reversed", "position-meaning-changed"))


def renewals(settings: Settings, reason: str, by: str, wanted: Wanted, *, cache: bool = True) -> list[Renewals]:
    """The stale reviews of a project that are missed, position by position, and wording by wording. `by` is the
    reviewer who renews them: the reason on record names who it was."""
    project = read_reviewed(settings, cache=cache)
    earlier = EarlierWordings(settings.root)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    why = f"{reason} ({by.removeprefix(HUMAN)})"
    groups: dict[tuple[str, str, str], Renewals] = {}
    folders = {entry.model.id: entry.folder for entry in reversed(project.version.project.datasets)}
    for one in every_review(project, wanted):
        hashed = project.positions.now(one.spec, one.position.id)
        for review in one.standing.outdated(one.policy):
            key = (one.spec, one.position.id, review.position_hash)
            if key not in groups:
                groups[key] = _group(
                    project, earlier, settings.root, one.spec, one.position, review.position_hash, hashed
                )
            renewed = {
                "sample": one.sample.id,
                "sample_hash": one.sample.turns_hash,
                "position": one.position.id,
                "position_hash": hashed,
                "at": at,
                "carried_over": why,
            }
            groups[key].found.append(Renewal(folders[one.dataset], review, review.model_copy(update=renewed)))
    return list(groups.values())


def renew(root: Path, groups: list[Renewals]) -> int:
    """Put all reviews without objections on record, each in its reviewer's file; how many."""
    by_file: dict[tuple[str, str], list[Review]] = {}
    for group in groups:
        for one in group.found if not group.objections else ():
            by_file.setdefault((one.folder, one.new.reviewer), []).append(one.new)
    with ExitStack() as held:
        for reviewer in sorted({reviewer for _, reviewer in by_file}):
            busy = f"another palms review by {reviewer} is running in this project"
            held.enter_context(locked(root / LOCKS / f"review-{mark_of(reviewer)}.lock", patience=0.5, busy=busy))
        for (folder, reviewer), reviews in by_file.items():
            with appending(file_for(root / folder / FOLDER, reviewer), Review) as file:
                for review in reviews:
                    file.append(review)
    return sum(map(len, by_file.values()))


def _group(
    project: ReviewedProject,
    earlier: EarlierWordings,
    root: Path,
    spec: str,
    position: Position,
    was: str,
    now: str,
) -> Renewals:
    if was == now:
        return Renewals(position, None, reworded=False)
    version = project.version.version.specs[spec]
    before = earlier.position(was, [one.path for one in project.version.version.specs.values()])
    if before is None:
        return Renewals(position, None, reworded=True)
    objections = tuple(_changes_of_meaning(version, before, position))
    if objections:
        editorial = _called_editorial(project, version)
        objections = tuple(one for one in objections if one.fingerprint not in editorial)
    return Renewals(position, before, reworded=True, objections=objections)


def _changes_of_meaning(version: SpecVersion, before: Position, after: Position) -> Iterator[Change]:
    """The changes from one wording to another that are no mere rewording, as `palms diff` tells and marks them."""
    changes = _changes(version, before, after)
    if any(change.kind == "position-removed" for change in changes):  # another id, and too different to be known again
        changes = _changes(version, before.model_copy(update={"id": after.id}), after)
    yield from (change for change in changes if change.kind in OF_MEANING)


def _changes(version: SpecVersion, before: Position, after: Position) -> list[Change]:
    sides = [
        SpecVersion(
            version.path,
            version.spec.model_copy(update={"categories": [Category(id="any", name="any", positions=[one])]}),
        )
        for one in (before, after)
    ]
    return spec_changes(*sides)


def _called_editorial(project: ReviewedProject, version: SpecVersion) -> set[str]:
    """Fingerprints of changes that an owner of the specification has called editorial."""
    path = str(PurePosixPath(version.path).parent / APPROVALS_FILE)
    owners = {name for owner in version.spec.governance.owners for name in names_of(owner)}
    try:
        lines = read_records(project.version.tree.read(path), Approval)
        approvals = [line.record for line in lines if line.record is not None]
    except UnreadableSource:
        return set()
    return {one.fingerprint for one in approvals if one.change == EDITORIAL and not names_of(one.by).isdisjoint(owners)}
