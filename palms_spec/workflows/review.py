"""A person reviews samples: what is open, how it reads now and read before, and every verdict on record."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from palms_spec.documents.identity import sample_hash
from palms_spec.documents.project import DatasetEntry
from palms_spec.documents.review_files import FOLDER
from palms_spec.documents.reviews import HUMAN, VERDICTS, Review
from palms_spec.documents.sample import Sample
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.facts.review_keys import names_of
from palms_spec.judging.card import Card
from palms_spec.judging.people import as_reviewer, file_for, mark_of
from palms_spec.judging.queue import Open, in_order, need
from palms_spec.judging.recording import RecordFile, appending
from palms_spec.sources.git import user
from palms_spec.sources.locked import locked
from palms_spec.workflows.earlier_wordings import EarlierWordings
from palms_spec.workflows.review_queue import Wanted, beside, open_reviews, sample_of
from palms_spec.workflows.reviewed import read_reviewed

LOCKS = ".palms/cache"
Passed = Literal["own", "gone", "done"]
"""Why an item is not shown: the person wrote it, it cannot be read any more, or nothing is open about it."""


def reviewer_of(root: Path, by: str) -> str:
    """The reviewer that somebody is: by the name given, else by git's. Raises UsageError where there is none."""
    names = [by] if by else [name for name in user(root) if name]
    if not names:
        raise UsageError("git does not know who you are", hint="say it with --by NAME")
    return as_reviewer(names[0])


class ReviewSession:
    """The open reviews of a person, one `item` each. It is a context manager, in which no other process reviews in the
    name of the same person. Raises UsageError for positions that there are not."""

    def __init__(self, settings: Settings, reviewer: str, wanted: Wanted, *, cache: bool = True) -> None:
        self.root = settings.root
        self.reviewer = reviewer
        self._wanted = wanted
        self._project = read_reviewed(settings, cache=cache)
        self._earlier = EarlierWordings(settings.root)
        self._entries = {one.model.id: one for one in reversed(self._project.version.project.datasets)}
        self._files: dict[Path, RecordFile] = {}
        self._held = ExitStack()
        unknown = sorted(set(wanted.positions) - self._project.positions.ids())
        if unknown:
            raise UsageError(f"there is no position {', '.join(unknown)}", hint="`palms trace` lists them")
        self.items: list[Open] = in_order(open_reviews(self._project, reviewer, wanted))

    def __enter__(self) -> ReviewSession:
        busy = f"another palms review by {self.reviewer} is running in this project"
        path = self.root / LOCKS / f"review-{mark_of(self.reviewer)}.lock"
        self._held.enter_context(locked(path, patience=0.5, busy=busy))
        return self

    def __exit__(self, *raised: object) -> None:
        self._held.close()

    @property
    def asks_for_any(self) -> bool:
        """Whether a dataset asks for reviews by people, or there are any."""
        policies = (entry.model.reviews for entry in self._entries.values())
        return bool(self._project.version.project.reviews) or any(
            one.required and one.by != "model" for one in policies
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """Files of which something could not be read."""
        return self._project.unread

    def card(self, number: int, *, again: bool = False) -> Card | Passed:
        """What is to be shown of an item, read anew; with `again` also where nothing is open about it any more."""
        item, entry = self.items[number], self._entries[self.items[number].dataset]
        try:
            sample = sample_of(self._project, entry, item)
        except UnreadableSource:
            sample = None
        if sample is None:
            return "gone"
        if not self._wanted.own and self._is_own(sample, entry):
            return "own"
        item = self.items[number] = self._as_it_stands(item, sample_hash(sample.turns))
        if not (item.need or again or self._wanted.everything):
            return "done"
        current, stale = item.standing.current, sorted(item.standing.stale, key=lambda one: one.moment)
        own = [one for one in (*stale, *current) if one.reviewer == self.reviewer]
        before = [one for one in stale if one.reviewer == self.reviewer] or stale
        card = Card(
            number + 1,
            len(self.items),
            item.dataset,
            item.sample.path,
            item.sample.line,
            tuple(sample.turns),
            item.position,
            item.need,
            own=own[-1] if own else None,
            own_stands=any(one.reviewer == self.reviewer for one in current),
            others=sum(one.reviewer != self.reviewer for one in current),
        )
        return self._with_earlier(card, item, before[-1], entry) if before else card

    def give(self, number: int, score: int, rationale: str) -> Review:
        """Put a verdict on what the last card of an item showed on record. It is on disk when this returns."""
        item = self.items[number]
        review = Review(
            sample=item.sample.id,
            sample_hash=item.sample.turns_hash,
            position=item.position.id,
            position_hash=self._project.positions.now(item.spec, item.position.id),
            verdict=VERDICTS[score],
            score=score,
            reviewer=self.reviewer,
            rationale=rationale,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        entry = self._entries[item.dataset]
        self._file(self.root / entry.folder / FOLDER).append(review)
        self._project.verdicts.add(beside(self._project, entry), review)
        return review

    def _with_earlier(self, card: Card, item: Open, review: Review, entry: DatasetEntry) -> Card:
        """The card with what the sample and the position said when a review was given, as far as that is known."""
        was, were = None, None
        if review.position_hash != self._project.positions.now(item.spec, item.position.id):
            paths = [one.path for one in self._project.version.version.specs.values()]
            was = self._earlier.position(review.position_hash, paths)
        if review.sample_hash != item.sample.turns_hash:
            before = self._earlier.sample(review.sample_hash, item.sample.path, entry.context)
            were = tuple(before.turns) if before is not None else None
        return replace(card, was=was, were=were)

    def _as_it_stands(self, item: Open, hashed: str) -> Open:
        sample = replace(item.sample, hash=hashed)
        standing = self._project.verdicts.standing(item.dataset, sample.id, hashed, item.spec, item.position.id)
        return replace(item, sample=sample, standing=standing, need=need(standing, item.policy, self.reviewer))

    def _is_own(self, sample: Sample, entry: DatasetEntry) -> bool:
        names = names_of(self.reviewer.removeprefix(HUMAN))
        return any(name in names for author in sample.authors or entry.model.authors for name in names_of(author))

    def _file(self, folder: Path) -> RecordFile:
        found = self._files.get(folder)
        if found is None:
            path = file_for(folder, self.reviewer)
            found = self._files[folder] = self._held.enter_context(appending(path, Review))
        return found
