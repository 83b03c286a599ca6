"""What changed between two versions of a project, what that makes stale, and what the rules say of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from palms_spec.comparison.consequences import coverage
from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.projects import project_changes
from palms_spec.documents.document import Document
from palms_spec.engine.base_settings import settings_before
from palms_spec.engine.cache import Cache
from palms_spec.engine.changes import Texts, change_findings
from palms_spec.engine.difference import Covered, Difference, Said, Seen
from palms_spec.engine.rulebook import Choice
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.findings import Finding, Severity
from palms_spec.workflows.diff_accepting import BaseSuppressions, accepted_by, approvals_of, approvers_in, followed
from palms_spec.workflows.diff_facts import documents_of, facts_of, stale_by
from palms_spec.workflows.diff_history import strange_records
from palms_spec.workflows.diff_records import broken_records, lost_records, reviews_in
from palms_spec.workflows.diff_results import Results
from palms_spec.workflows.diff_reviews import outdated_reviews
from palms_spec.workflows.diff_samples import SampleTexts
from palms_spec.workflows.diff_sides import Sides
from palms_spec.workflows.published_versions import as_one_text
from palms_spec.workflows.versions import ReadVersion, VersionReader


def diff(
    sides: Sides,
    settings: Settings,
    *,
    today: str = "",
    cache: bool = True,
    given: Choice | None = None,
    fail_on: Severity | None = None,
) -> Difference:
    """Compare two versions. By which rules is decided by the base's palms.toml, so that a change does not exempt
    itself, and by what is `given` on the command line, as `fail_on` is."""
    settings = settings_before(settings, sides.base.read, given=given, fail_on=fail_on)
    store = Cache(sides.root if cache and settings.configuration else None)
    try:
        reader = VersionReader(sides.root, settings.exclude, store, settings.model_specs)
        base, head = _comparable(*as_one_text(reader.read(sides.base), reader.read(sides.head)))
    finally:
        store.close()
    changes = project_changes(base.version, head.version)
    approvers, follows = approvers_in(base, head), followed(base, head)
    approved = approvals_of(changes, approvers, follows, sides.head, sides)
    reviews = outdated_reviews(base, head, changes, reviews_in(sides.head) if changes else [])
    results, texts = Results(sides.head), _texts(sides, base, head)
    seen = []
    for change in changes:
        stale = results.added_to(reviews.added_to(stale_by(change, head), change), change)
        places = texts.shown(texts.before(change)), texts.now(change)
        seen.append(Seen(change, stale, approved.get(change.fingerprint), *places))
    documents = [*documents_of(base, head, changes, approved, reviews.by_document(head))]
    strange, not_evaluated = strange_records(sides, base, head)
    records = [*lost_records(sides.base, sides.head), *strange, *broken_records(sides.base, sides.head)]
    others = [*records, *_unread(base, head)]
    found = change_findings(
        (facts_of(one.change, one.stale, one.approved, base, head) for one in seen),
        [*documents, *others],
        settings.rulebook,
        texts,
    )
    suppressed = BaseSuppressions(base, settings, today)
    said = [
        Said(
            _in_severity(finding, settings),
            change,
            accepted_by(approved, change) or suppressed.of(finding, before),
            about,
        )
        for finding, change, before, about in found
        if not suppressed.leave_out(finding, before)
    ]
    on = {record.name for record in settings.rulebook.records}
    return Difference(
        sides.root,
        sides.base.label,
        sides.head.label,
        tuple(seen),
        tuple(sorted(said, key=lambda one: one.finding.sort_key)),
        tuple(documents),
        tuple(_coverage(base, head)),
        settings,
        _compared(base, head),
        approvers,
        follows,
        SampleTexts(base, head, changes).of,
        tuple(one.path for one in others if one.kind == "unread"),
        tuple(one for one in not_evaluated if one[0] in on),
    )


def _comparable(base: ReadVersion, head: ReadVersion) -> tuple[ReadVersion, ReadVersion]:
    """Both versions without what stands in files that cannot be read in one of them: nothing is known of its
    changes."""
    unread = frozenset((*base.unread, *head.unread))
    if not unread:
        return base, head
    return replace(base, version=base.version.without(unread)), replace(head, version=head.version.without(unread))


def _unread(base: ReadVersion, head: ReadVersion) -> Iterator[ComparisonFacts]:
    """Files that cannot be read in a version and are not the same in both."""
    for path in sorted({*base.unread, *head.unread}):
        if base.tree.marks.get(path) != head.tree.marks.get(path):
            name = head.tree.label if path in head.unread else base.tree.label
            yield ComparisonFacts("unread", name, path)


def _texts(sides: Sides, base: ReadVersion, head: ReadVersion) -> Texts:
    folder = sides.base.folder
    prefix = "" if folder is None else Path(os.path.relpath(folder, sides.root)).as_posix() + "/"
    before, now = _Documents(base), _Documents(head)
    return Texts(before.__getitem__, now.__getitem__, sides.base.label, "" if prefix == "./" else prefix)


class _Documents(dict[str, Document | None]):
    """Documents by path, files of samples among them; those are read when they are asked for."""

    def __init__(self, version: ReadVersion) -> None:
        super().__init__(version.documents)
        self._tree = version.tree

    def __missing__(self, path: str) -> Document | None:
        try:
            self[path] = Document(path, self._tree.read(path)) if path in self._tree.marks else None
        except UnreadableSource:
            self[path] = None
        return self[path]


def _in_severity(finding: Finding, settings: Settings) -> Finding:
    severity = settings.severities.get(finding.rule)
    return finding if severity is None else replace(finding, severity=severity)


def _coverage(base: ReadVersion, head: ReadVersion) -> Iterator[Covered]:
    """Positions whose number of samples differs."""
    before, after = (
        coverage(sample for one in version.version.datasets.values() for sample in one.samples.values())
        for version in (base, head)
    )
    for position in sorted(before.keys() | after.keys()):
        if before[position] != after[position]:
            yield Covered(position, before[position], after[position])


def _compared(*versions: ReadVersion) -> int:
    """How many documents there are in the two versions; of each, one with the same id counts once."""
    return len({(kind, name) for version in versions for kind, named in _documents(version) for name in named})


def _documents(version: ReadVersion) -> Iterable[tuple[str, Iterable[str]]]:
    return (
        ("spec", version.version.specs),
        ("prompt-set", version.version.prompt_sets),
        ("dataset", version.version.datasets),
    )
