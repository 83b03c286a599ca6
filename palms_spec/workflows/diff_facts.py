"""What the rules about changes are told of two versions of a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale, made_stale
from palms_spec.comparison.facts import ChangeFacts, ComparisonFacts, StaleReviews
from palms_spec.comparison.versioning import step_made, step_needed
from palms_spec.documents.published.files import SUFFIX
from palms_spec.documents.published.naming import UNDATED
from palms_spec.documents.references import parse_reference
from palms_spec.engine.difference import OF_DOCUMENT
from palms_spec.workflows.versions import ReadVersion

Key = tuple[str, str]
OfReviews = Mapping[Key, tuple[StaleReviews, ...]]


def stale_by(change: Change, head: ReadVersion) -> Stale:
    """Samples and prompts of the head that a change makes stale."""
    if change.thing != "position":
        return Stale()
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
    """What the rules are told of a change."""
    spec = base.version.specs.get(change.document)
    status = spec.spec.status if spec is not None and OF_DOCUMENT.get(change.thing, change.thing) == "spec" else ""
    splits: set[str] = set()
    if change.thing == "prompt":
        for version, side in ((base, change.base), (head, change.head)):
            prompts = version.version.prompt_sets.get(change.document)
            if prompts is not None and side is not None:
                splits.add(prompts.by_id()[side.item].split)
    return ChangeFacts(change, stale, status, frozenset(splits), approved is not None and not approved.objection)


def documents_of(
    base: ReadVersion,
    head: ReadVersion,
    changes: list[Change],
    approved: Mapping[str, Approved],
    reviews: OfReviews,
) -> Iterator[ComparisonFacts]:
    """The documents that are in both versions and differ."""
    editorial = frozenset(mark for mark, one in approved.items() if one.is_editorial)
    counting = frozenset(mark for mark, one in approved.items() if not one.objection)
    by_document: dict[Key, list[Change]] = {}
    for change in changes:
        by_document.setdefault((OF_DOCUMENT.get(change.thing, change.thing), change.document), []).append(change)
    for key, own in sorted(by_document.items()):
        kind, name = key
        stale = reviews.get(key, ())
        if kind == "spec" and name in base.version.specs and name in head.version.specs:
            was, now = base.version.specs[name].spec.version, head.version.specs[name].spec.version
            made, needed = step_made(was, now), step_needed(own, editorial)
            path = head.version.specs[name].path
            if was == now == UNDATED and path.endswith(SUFFIX):
                needed = "none"  # a published text that has no version cannot bump it
            yield ComparisonFacts("spec", name, path, tuple(own), (was, now), made, needed, counting, stale)
        elif kind == "prompt-set" and name in base.version.prompt_sets and name in head.version.prompt_sets:
            path = head.version.prompt_sets[name].path
            yield ComparisonFacts("prompt-set", name, path, tuple(own), approved=counting)
        elif kind == "dataset" and name in base.version.datasets and name in head.version.datasets:
            path = head.version.datasets[name].path
            yield ComparisonFacts("dataset", name, path, tuple(own), approved=counting, stale_reviews=stale)
