"""What the rules about changes are told of two versions of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale, made_stale
from palms_spec.comparison.facts import ChangeFacts, ComparisonFacts
from palms_spec.comparison.versioning import step_made, step_needed
from palms_spec.documents.approvals import APPROVALS_FILE
from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.references import parse_reference
from palms_spec.errors import UnreadableSource
from palms_spec.sources.trees import Tree
from palms_spec.workflows.versions import ReadVersion

OF_DOCUMENT = {"category": "spec", "position": "spec", "prompt": "prompt-set", "sample": "dataset"}
REVIEWS = "reviews"


def stale_by(change: Change, head: ReadVersion) -> Stale:
    if change.thing != "position":
        return Stale((), ())
    samples = (
        sample
        for entry in head.project.datasets
        if entry.model.spec is not None and parse_reference(entry.model.spec).id == change.document
        for sample in head.version.datasets[entry.model.id].samples.values()
    )
    prompts = (
        prompt
        for one in head.version.prompt_sets.values()
        if parse_reference(one.prompts.spec).id == change.document
        for prompt in one.prompts.prompts
    )
    return made_stale(change, samples, prompts)


def facts_of(
    change: Change, stale: Stale, approved: Approved | None, base: ReadVersion, head: ReadVersion
) -> ChangeFacts:
    spec = base.version.specs.get(change.document)
    status = spec.spec.status if spec is not None and change.thing in ("spec", "category", "position") else ""
    splits: set[str] = set()
    if change.thing == "prompt":
        for version, side in ((base, change.base), (head, change.head)):
            prompts = version.version.prompt_sets.get(change.document)
            if prompts is not None and side is not None:
                splits.add(prompts.by_id()[side.item].split)
    return ChangeFacts(change, stale, status, frozenset(splits), approved is not None and not approved.objection)


def documents_of(
    base: ReadVersion, head: ReadVersion, changes: list[Change], approved: dict[str, Approved]
) -> Iterator[ComparisonFacts]:
    editorial = frozenset(mark for mark, one in approved.items() if one.is_editorial)
    counting = frozenset(mark for mark, one in approved.items() if not one.objection)
    by_document: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_document.setdefault((OF_DOCUMENT.get(change.thing, change.thing), change.document), []).append(change)
    for (kind, name), own in sorted(by_document.items()):
        if kind == "spec" and name in base.version.specs and name in head.version.specs:
            was, now = base.version.specs[name].spec.version, head.version.specs[name].spec.version
            made, needed = step_made(was, now), step_needed(own, editorial)
            yield ComparisonFacts(
                "spec", name, head.version.specs[name].path, tuple(own), (was, now), made, needed, counting
            )
        elif kind == "prompt-set" and name in base.version.prompt_sets and name in head.version.prompt_sets:
            yield ComparisonFacts("prompt-set", name, head.version.prompt_sets[name].path, tuple(own))
        elif kind == "dataset" and name in base.version.datasets and name in head.version.datasets:
            yield ComparisonFacts("dataset", name, head.version.datasets[name].path, tuple(own), approved=counting)


def lost_records(base: Tree, head: Tree) -> Iterator[ComparisonFacts]:
    """Record files that lost lines. A line that stands in another file of its kind was moved, not lost."""
    changed = [name for name in base.marks if _is_record(name) and base.marks[name] != head.marks.get(name)]
    if not changed:
        return
    base.hold(changed)
    kept = {line for name in head.marks if _is_record(name) for line in _raw_lines(head, name)}
    for name in changed:
        lost = tuple(line for line in _raw_lines(base, name) if line not in kept)
        if lost:
            yield ComparisonFacts("records", name, name, lost_records={name: lost})


def _is_record(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[-1] == APPROVALS_FILE or (name.endswith(ROW_SUFFIXES) and REVIEWS in parts[:-1])


def _raw_lines(tree: Tree, name: str) -> list[str]:
    try:
        return [line.strip() for line in tree.read(name).decode("utf-8", "replace").splitlines() if line.strip()]
    except UnreadableSource:
        return []
