"""What changed between two versions of a project, what that makes stale, and what the rules say of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale, coverage
from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.projects import project_changes
from palms_spec.comparison.specs import SpecVersion
from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.documents.references import parse_reference
from palms_spec.engine.cache import Cache
from palms_spec.engine.changes import Texts, change_findings
from palms_spec.engine.outcome import Judged, Outcome, Scope
from palms_spec.engine.rulebook import Choice, Rulebook, enabled
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.findings import Acceptance, Finding
from palms_spec.sources.trees import Tree
from palms_spec.workflows.diff_accepting import BaseSuppressions, accepted_by, approvals_of
from palms_spec.workflows.diff_facts import OF_DOCUMENT, documents_of, facts_of, lost_records, stale_by
from palms_spec.workflows.diff_sides import Sides
from palms_spec.workflows.versions import ReadVersion, VersionReader

OF_CHANGES = frozenset(("change", "comparison"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A change, what it makes stale, and the approval of it, if there is one."""

    change: Change
    stale: Stale
    approved: Approved | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, the change that it is about, if it is about one, and why it is accepted, if it is."""

    finding: Finding
    change: Change | None
    acceptance: Acceptance | None


@dataclass(frozen=True, slots=True)
class Covered:
    """How many samples served a position before, and how many do now."""

    position: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Diff:
    """Two versions compared. `documents` are specifications, prompt sets and datasets that are in both and differ;
    `specifications` are both versions of each, by id, `follows` the id of the one that a prompt set or a dataset
    follows; `unread` are files with samples of which something could not be read."""

    root: Path
    base: str
    head: str
    seen: tuple[Seen, ...]
    said: tuple[Said, ...]
    documents: tuple[ComparisonFacts, ...]
    coverage: tuple[Covered, ...]
    settings: Settings
    specifications: Mapping[str, tuple[SpecVersion | None, SpecVersion | None]] = field(default_factory=dict)
    follows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def specification(self, change: Change) -> tuple[list[str], str, str] | None:
        """Owners in the base, version and path in the head, of the specification that a change is of, or that its
        dataset or prompt set follows."""
        kind = OF_DOCUMENT.get(change.thing, change.thing)
        name = change.document if kind == "spec" else self.follows.get((kind, change.document), "")
        before, now = self.specifications.get(name, (None, None))
        if now is None:
            return None
        return (before.spec.governance.owners if before else []), now.spec.version, now.path

    @property
    def outcome(self) -> Outcome:
        """The findings, as a run of the linter has them."""

        def judged() -> Iterator[Judged]:
            return ((one.finding, one.acceptance) for one in self.said)

        return Outcome(
            lambda: (finding for finding, acceptance in judged() if acceptance is None),
            Scope(len(self.documents)),
            self.settings.fail_on,
            judged=judged,
            records=self.settings.rulebook.records,
        )


def diff(sides: Sides, settings: Settings, *, today: str = "", cache: bool = True, given: Choice | None = None) -> Diff:
    """Compare two versions. Which rules are on is decided by the base's palms.toml, so that a change does not exempt
    itself, and by what is `given` on the command line."""
    store = Cache(sides.root if cache and settings.configuration else None)
    try:
        reader = VersionReader(sides.root, settings.exclude, store)
        base, head = reader.read(sides.base), reader.read(sides.head)
    finally:
        store.close()
    settings = _of_base(settings, sides.base, given)
    changes = project_changes(base.version, head.version)
    approved = approvals_of(changes, base, head, sides.authors)
    seen = [Seen(change, stale_by(change, head), approved.get(change.fingerprint)) for change in changes]
    documents = [*documents_of(base, head, changes, approved), *lost_records(sides.base, sides.head)]
    texts = Texts(base.documents, head.documents, sides.base.label)
    found = change_findings(
        (facts_of(one.change, one.stale, one.approved, base, head) for one in seen), documents, settings.rulebook, texts
    )
    suppressed = BaseSuppressions(base, settings, today)
    said = sorted(
        (
            Said(finding, change, accepted_by(approved, change) or suppressed.of(finding))
            for finding, change in _in_severity(found, settings)
        ),
        key=lambda one: one.finding.sort_key,
    )
    return Diff(
        sides.root,
        sides.base.label,
        sides.head.label,
        tuple(seen),
        tuple(said),
        tuple(one for one in documents if one.kind != "records"),
        tuple(_coverage(base, head)),
        settings,
        {name: (base.version.specs.get(name), one) for name, one in head.version.specs.items()},
        dict(_followed(head)),
        tuple(sorted({*base.unread, *head.unread})),
    )


def _followed(head: ReadVersion) -> Iterator[tuple[tuple[str, str], str]]:
    for name, prompts in head.version.prompt_sets.items():
        yield ("prompt-set", name), parse_reference(prompts.prompts.spec).id
    for name, dataset in head.version.datasets.items():
        if dataset.dataset.spec is not None:
            yield ("dataset", name), parse_reference(dataset.dataset.spec).id


def _of_base(settings: Settings, base: Tree, given: Choice | None) -> Settings:
    """The settings with the rules about changes alone, chosen as the base's palms.toml has it."""
    choice = Choice()
    severities: dict[str, Any] = settings.severities
    try:
        written = tomllib.loads(base.read(PROJECT_FILE).decode()).get("lint", {})
        choice = Choice(*(tuple(written.get(key, ())) for key in ("select", "extend-select", "ignore")))
        severities = {
            record.name: written["severity"][word]
            for record in settings.known
            for word in record.words
            if word in written.get("severity", {})
        }
    except (UnreadableSource, UnicodeDecodeError, tomllib.TOMLDecodeError):
        pass
    about = [record for record in settings.known if record.subject in OF_CHANGES and not record.unavailable]
    records = enabled(about, choice, given or Choice())
    return replace(settings, rulebook=Rulebook(records, settings.rulebook.settings), severities=severities)


def _in_severity(
    found: Iterable[tuple[Finding, Change | None]], settings: Settings
) -> Iterator[tuple[Finding, Change | None]]:
    for finding, change in found:
        severity = settings.severities.get(finding.rule)
        yield (finding if severity is None else replace(finding, severity=severity)), change


def _coverage(base: ReadVersion, head: ReadVersion) -> Iterator[Covered]:
    """Positions whose number of samples differs."""
    before, after = (
        coverage(sample for one in version.version.datasets.values() for sample in one.samples.values())
        for version in (base, head)
    )
    for position in sorted(before.keys() | after.keys()):
        if before[position] != after[position]:
            yield Covered(position, before[position], after[position])
