"""Which reviews stand for no text of the head any more, because of what changed since the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale
from palms_spec.comparison.facts import StaleReviews
from palms_spec.comparison.telling import counted
from palms_spec.documents.identity import position_hash
from palms_spec.documents.references import parse_reference
from palms_spec.documents.reviews import Review
from palms_spec.sources.node import escape_step
from palms_spec.workflows.diff_facts import Key
from palms_spec.workflows.versions import ReadVersion


@dataclass(frozen=True, slots=True)
class _Outdated:
    """A review whose sample or position reads otherwise in the head. The position is the base's or the head's id."""

    review: str
    dataset: str
    sample: str
    spec: str
    position: str
    reworded: bool


@dataclass(frozen=True, slots=True)
class OutdatedReviews:
    """What the changes made stale, asked for by change and by document."""

    found: tuple[_Outdated, ...] = ()

    def added_to(self, stale: Stale, change: Change) -> Stale:
        """What a change makes stale, with the reviews."""
        names = {side.item for side in (change.base, change.head) if side}
        if change.thing == "position" and stale != Stale():
            own = [one for one in self.found if one.reworded and one.spec == change.document and one.position in names]
        elif change.kind == "sample-edited":
            own = [one for one in self.found if one.dataset == change.document and one.sample in names]
        else:
            return stale
        return replace(stale, reviews=tuple(dict.fromkeys(one.review for one in own)))

    def by_document(self, head: ReadVersion) -> dict[Key, tuple[StaleReviews, ...]]:
        """Those of each specification, position by position, and those of each dataset for its edited samples."""
        groups: dict[tuple[Key, str, str], dict[str, str]] = {}
        for one in self.found:
            if one.reworded:
                placed = head.version.specs[one.spec].positions()[one.position]
                pointer = f"/categories/{escape_step(placed.category)}/positions/{escape_step(one.position)}"
                groups.setdefault((("spec", one.spec), pointer, one.position), {})[one.review] = ""
            else:
                groups.setdefault((("dataset", one.dataset), "/samples", ""), {})[one.review] = one.sample
        found: dict[Key, tuple[StaleReviews, ...]] = {}
        for (key, pointer, position), reviews in groups.items():
            about = position or counted(len(set(reviews.values())), "edited sample")
            found[key] = (*found.get(key, ()), StaleReviews(about, pointer, tuple(reviews)))
        return found


def outdated_reviews(
    base: ReadVersion, head: ReadVersion, changes: list[Change], reviews: list[Review]
) -> OutdatedReviews:
    """The reviews among those of the head that fit a text of the base which reads otherwise now, where the same
    reviewer has not judged the new one."""
    given: dict[tuple[str, str], dict[str, Review]] = {}
    for review in reviews:
        given.setdefault(review.key, {})[review.reviewer] = review
    return OutdatedReviews(tuple(_outdated(base, head, changes, given)) if given else ())


def _outdated(
    base: ReadVersion, head: ReadVersion, changes: list[Change], given: Mapping[tuple[str, str], Mapping[str, Review]]
) -> Iterator[_Outdated]:
    renamed: dict[tuple[str, str, str], str] = {
        (change.thing, change.document, change.head.item): change.base.item
        for change in changes
        if change.kind in ("position-renamed", "sample-renamed") and change.base and change.head
    }
    hashes = {name: _position_hashes(name, base, head, renamed) for name in head.version.specs}
    for name, dataset in head.version.datasets.items():
        spec = parse_reference(dataset.dataset.spec).id if dataset.dataset.spec is not None else ""
        before = base.version.datasets.get(name)
        for sample in dataset.samples.values():
            earlier_id = renamed.get(("sample", name, sample.id), sample.id)
            old = before.samples.get(earlier_id) if before is not None else None
            was = old.turns_hash if old is not None else sample.turns_hash
            for position in sample.positions:
                earlier, now = hashes.get(spec, {}).get(position, ("", ""))
                if (was, earlier) == (sample.turns_hash, now):
                    continue
                current = given.get((sample.turns_hash, now), {})
                for reviewer in given.get((was, earlier), {}):
                    if reviewer not in current:
                        told = f"{sample.id} ({reviewer})"
                        yield _Outdated(told, name, sample.id, spec, position, earlier != now)


def _position_hashes(
    name: str, base: ReadVersion, head: ReadVersion, renamed: Mapping[tuple[str, str, str], str]
) -> dict[str, tuple[str, str]]:
    """Hashes before and now of the positions of a specification that are in both versions, by their ids in the head."""
    now, before = head.version.specs[name].positions(), base.version.specs.get(name)
    were = before.positions() if before is not None else {}
    found: dict[str, tuple[str, str]] = {}
    for one, placed in now.items():
        old = were.get(renamed.get(("position", name, one), one))
        if old is not None:
            found[one] = position_hash(old.position), position_hash(placed.position)
    return found
