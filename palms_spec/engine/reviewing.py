"""The rules that look at reviews: what they are told, and what becomes of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from palms_spec.documents.context import named
from palms_spec.documents.document import Document
from palms_spec.documents.project import DatasetEntry, Project
from palms_spec.documents.review_files import FOLDER
from palms_spec.documents.reviews import HUMAN, Review
from palms_spec.documents.spec import Spec
from palms_spec.engine.content import Content
from palms_spec.engine.grouping import KeyStore
from palms_spec.engine.members import Members
from palms_spec.engine.placing import finding_of, place_in
from palms_spec.engine.reporting import DocumentRules
from palms_spec.engine.review_join import Joined, ReviewJoin
from palms_spec.engine.review_places import position_place
from palms_spec.engine.review_records import ReviewRecords
from palms_spec.engine.rulebook import Rulebook, effective_severity
from palms_spec.engine.running import run_checks
from palms_spec.engine.units import SampleFile
from palms_spec.facts.keys import EqualKeys, KeyColumns
from palms_spec.facts.position_hashes import PositionHashes
from palms_spec.facts.references import file_of
from palms_spec.facts.review_keys import adherence_key, names_of, short_hash
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.facts.verdicts import standing
from palms_spec.findings import Finding, Related
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Elsewhere, Problem

Call = tuple[RuleRecord, Callable[[Any], Iterable[Problem]]]


class Reviewing:
    """The reviews of a run."""

    def __init__(
        self,
        project: Project,
        rulebook: Rulebook,
        members: Members,
        files: list[SampleFile],
        content: Content,
        new_store: Callable[[str], KeyStore],
        *,
        gated: bool = True,
    ) -> None:
        self._project = project
        self._gated = gated
        self._rulebook = rulebook
        self._members = members
        self._files = files
        self._content = content
        self._documents = {document.path: document for document in project.documents}
        specs = [document.model for document in project.documents if isinstance(document.model, Spec)]
        self._positions = PositionHashes(specs)
        self._pointers = _pointers(specs)
        self._records = ReviewRecords(project, self._positions, len(files), content.on_disk)
        self._join = ReviewJoin(self._records, self._positions.ids(), self._is_asked, new_store)
        self._folders = [FOLDER if one.folder == "." else f"{one.folder}/{FOLDER}" for one in project.datasets]
        self._records_about = list(rulebook.of("review"))
        self._conflict_records = list(rulebook.of("conflict"))
        self._violating: list[tuple[int, str]] = []
        self._adhering = new_store("adhering")

    def among(
        self, columns: KeyColumns, partitions: Iterable[Iterable[EqualKeys]], add: Callable[[str, list[Finding]], None]
    ) -> Iterator[list[EqualKeys]]:
        """Give the records their keys, before the groups are formed, and pass on the groups that are about something
        else; `add` takes what is wrong with the files of records and, once all groups were seen, what rules find."""
        try:
            rules = DocumentRules(self._rulebook)
            wanted = columns if self._records_about or self._conflict_records else KeyColumns()
            add("records", [finding for document in self._records.look(wanted) for finding in rules.findings(document)])
            yield from self._join.without_reviews(partitions)
            for number, findings in enumerate(self._findings()):
                add(f"reviews-{number}", findings)
        finally:
            self._records.close()

    def _findings(self) -> Iterator[list[Finding]]:
        for block in self._join.joined():
            yield [finding for joined in block for finding in self._look_at(joined)]
        if self._violating:
            yield list(self._conflicts())
        self._adhering.remove()

    def _look_at(self, joined: Joined) -> Iterator[Finding]:
        context, number = self._members.context(joined.place), self._files[file_of(joined.place)].context
        reviews = {place: self._records.review(place) for place in (*joined.on_text, *joined.hinted)}
        edited = tuple(reviews[place] for place in joined.hinted)
        hashed = self._positions.now(context.spec, joined.position)
        found = standing((reviews[place] for place in joined.on_text), edited, hashed)
        if self._conflict_records:
            self._note(joined, found.polarity, context.dataset)
        entry = self._project.datasets[number]
        by_authors = tuple(review for review in found.current if self._is_by_author(review, joined, entry))
        met = found.remarks(entry.model.reviews) | ({"by-author"} if by_authors else set())
        met |= {""}  # of rules that have no trigger
        records = [record for record in self._records_about if not self._gated or record.defect in met]
        if not records:
            return
        places = {id(review): place for place, review in reviews.items()}
        facts = ReviewFacts(
            self._members.member(joined.place),
            joined.position,
            found,
            entry.model.reviews,
            context.dataset_path,
            context.spec_path,
            self._pointers[context.spec][joined.position],
            self._folders[number],
            lambda review: self._records.member(places[id(review)]),
            by_authors,
            edited,
            hashed,
        )
        for record, problem in run_checks(self._calls(records), facts):
            file = self._files[file_of(joined.place)]
            document, pointer = position_place(self._members, file, self._content, joined.place, joined.position)
            yield self._finding(record, problem, joined.place, (document, pointer, None, None))

    def _note(self, joined: Joined, polarity: str, dataset: str) -> None:
        """Remember what a sample was judged to be."""
        if polarity == "violates":
            self._violating.append((joined.place, joined.position))
        elif polarity == "adheres":
            self._adhering.columns.add(adherence_key(dataset, joined.position), joined.place)
            self._adhering.trim()

    def _conflicts(self) -> Iterator[Finding]:
        from palms_spec.engine.review_conflicts import conflicts  # mostly there is nothing to compare

        records, setting = self._conflict_records, self._rulebook.setting
        threshold = min(float(setting(record, "threshold")) for record in records)
        for facts in conflicts(self._members, self._violating, self._adhering, threshold):
            for record, problem in run_checks(self._calls(records), facts):
                where = self._members.place(facts.sample, "question")
                yield self._finding(record, problem, facts.sample.reference, where)

    def _calls(self, records: list[RuleRecord]) -> list[Call]:
        return [(record, self._rulebook.check(record)) for record in records]

    def _is_by_author(self, review: Review, joined: Joined, entry: DatasetEntry) -> bool:
        names = names_of(review.reviewer.removeprefix(HUMAN)) if review.is_human else ()
        whole = {name for author in entry.model.authors for name in names_of(author)}
        if not any(name in whole or short_hash(name) in joined.authors for name in names):
            return False
        sample = self._members.sample_alone(joined.place)
        own = {name for author in sample.authors for name in names_of(author)}
        return not (own or whole).isdisjoint(names)

    def _is_asked(self, place: int) -> bool:
        return self._project.datasets[self._files[file_of(place)].context].model.reviews.required > 0

    def _finding(
        self, record: RuleRecord, problem: Problem, place: int, default: tuple[Document, str, int | None, int | None]
    ) -> Finding:
        document, pointer, start, end = default
        at = replace(problem, pointer=pointer, start=start, end=end, member=None, related=())
        severity = effective_severity(record, self._members.context(place).draft)
        return finding_of(record, at, document, severity=severity, related=tuple(map(self._related, problem.related)))

    def _related(self, other: Elsewhere) -> Related:
        if other.member is None:
            return Related(place_in(self._documents[other.path], other.pointer)[0], other.label)
        if other.member.kind == "review":
            document, pointer = self._records.document(other.member.reference), other.pointer
            return Related(place_in(document, pointer)[0], other.label)
        document, pointer, start, end = self._members.place(other.member, other.part)
        return Related(place_in(document, pointer, start=start, end=end)[0], other.label)


def _pointers(specs: Iterable[Spec]) -> dict[str, dict[str, str]]:
    """Where each position of each specification stands."""
    found: dict[str, dict[str, str]] = {}
    for spec in specs:
        own = found.setdefault(spec.id, {})
        for category in spec.categories:
            for position in category.positions:
                own.setdefault(position.id, named(named("/categories", category.id) + "/positions", position.id))
    return found
