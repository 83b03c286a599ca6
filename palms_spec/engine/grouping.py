"""The reduce over keys: groups of equal keys, and the rules that look at them.

Near samples take three rounds, each over groups of equal keys again. Samples that share a band are candidates: every
one is paired with the first of its bucket. The pairs of one sample meet under a key of their own, are verified by exact
Jaccard on re-read text, and the sample goes to the first that it is near to. Groups around one first are reported.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import ceil
from pathlib import Path

from palms_spec.engine.members import Members
from palms_spec.engine.placing import finding_of, place_in
from palms_spec.engine.rulebook import Rulebook, effective_severity
from palms_spec.engine.running import run_checks
from palms_spec.facts.group import Group, Member
from palms_spec.facts.keys import EqualKeys, KeyColumns, equal_keys, partition_of
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace, namespace_of, offset_of, place_of
from palms_spec.facts.sample import SampleFacts
from palms_spec.findings import Finding, Related
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Problem

_PAIR = Namespace.LIKELY_PAIR << NAMESPACE_SHIFT
_NEAR = Namespace.NEAR_SAMPLE << NAMESPACE_SHIFT
_SAMPLE = Namespace.SAMPLE << NAMESPACE_SHIFT
SPILL_AT = 2_000_000


def partitions_for(row_bytes: int) -> int:
    """A power of two, so that a partition's keys take some ten megabytes."""
    wanted, partitions = row_bytes // 16_000_000, 1
    while partitions < min(wanted, 256):
        partitions *= 2
    return partitions


class KeyStore:
    """The keys of one round: in memory while they are few, in a folder of partitions when they are many."""

    def __init__(self, folder: Path, partitions: int) -> None:
        self.folder = folder
        self.partitions = partitions
        self.columns = KeyColumns(partitions)
        folder.mkdir()

    def trim(self) -> None:
        """Spill what is in memory if it is much."""
        if self.columns.count > SPILL_AT:
            self.spill()

    def spill(self) -> None:
        """Let the folder hold everything."""
        self.columns.spill(self.folder, "parent")

    def partition(self, number: int) -> array[int]:
        """All pairs of a partition."""
        pairs = partition_of(self.folder, number)
        pairs.extend(self.columns.columns[number])
        return pairs

    def remove(self) -> None:
        """Forget everything."""
        self.columns = KeyColumns(self.partitions)
        shutil.rmtree(self.folder, ignore_errors=True)


class Grouping:
    """Forms the groups of a run and lets the rules look at them. `add` takes findings in blocks, by stream.

    `repeated` is given for rows of a training file, and takes the offsets of those that are there already. Such rows
    have no key of their whole text where they have one of their prompt (`RowKeys`), and get it here.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        members: Members,
        new_store: Callable[[str], KeyStore],
        add: Callable[[str, list[Finding]], None],
        sizes: Mapping[tuple[str, str], int],
        repeated: array[int] | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._members = members
        self._new_store = new_store
        self._add = add
        self._records: dict[int, list[RuleRecord]] = {}
        for record in rulebook.of("group"):
            for namespace in record.namespaces:
                self._records.setdefault(namespace, []).append(record)
        self._sizes = sizes
        self._repeated = repeated
        self._least = {int(Namespace.OPENING): self._fewest_openings()}

    def run(self, partitions: Iterable[Iterable[EqualKeys]]) -> None:
        """All rounds, the first over given groups. The stores of keys of the others are removed on the way."""
        pairs = self._new_store("pairs")
        wholes = self._new_store("wholes") if self._repeated is not None else None
        for number, groups in enumerate(partitions):
            findings: list[Finding] = []
            for key, references in groups:
                for namespace, same in _by_namespace(references).items():
                    if namespace == Namespace.BAND:
                        self._pair(pairs, same)
                    else:
                        findings.extend(self._look(namespace, same, key))
                        if wholes is not None:
                            self._compare(namespace, same, wholes)
            self._add(f"groups-{number}", findings)
            pairs.trim()
        if wholes is not None:
            self._look_at_wholes(wholes)
        near = self._new_store("near")
        for number in range(pairs.partitions):
            self._verify(pairs.partition(number), near)
            near.trim()
        pairs.remove()
        for number in range(near.partitions):
            findings = []
            for first, references in equal_keys(near.partition(number), singles=True):
                findings.extend(self._look(Namespace.NEAR_SAMPLE, [_NEAR | first, *references], first))
            self._add(f"near-{number}", findings)
        near.remove()

    def _compare(self, namespace: int, references: list[int], wholes: KeyStore) -> None:
        """Give rows with the same prompt the keys of their whole text; of rows that are the same note the later."""
        if namespace == Namespace.PROMPT and Namespace.SAMPLE in self._records:
            from palms_spec.facts.sample_keys import whole_key  # it stands on what makes the keys of all others

            for reference in references:
                wholes.columns.add(whole_key(self._facts(reference)), _SAMPLE | place_of(reference))
            wholes.trim()
        elif namespace == Namespace.SAMPLE and self._repeated is not None:
            self._repeated.extend(map(offset_of, references[1:]))

    def _look_at_wholes(self, wholes: KeyStore) -> None:
        for number in range(wholes.partitions):
            findings: list[Finding] = []
            for key, references in equal_keys(wholes.partition(number)):
                findings.extend(self._look(Namespace.SAMPLE, references, key))
                self._compare(Namespace.SAMPLE, references, wholes)
            self._add(f"wholes-{number}", findings)
        wholes.remove()

    def _fewest_openings(self) -> int:
        """Fewer equal openings than this are too few in any set of samples: common ones are not worth looking at."""
        records = self._records.get(Namespace.OPENING, ())
        smallest, setting = min(self._sizes.values(), default=0), self._rulebook.setting
        wanted = [max(setting(record, "minimum"), setting(record, "share") * smallest) for record in records]
        return ceil(min(wanted, default=0))

    def _pair(self, pairs: KeyStore, references: list[int]) -> None:
        firsts: dict[object, int] = {}
        for reference in references:
            context = self._members.context(reference)
            owner = context.dataset or reference >> 40
            first = firsts.setdefault(owner, reference)
            if first != reference:
                pairs.columns.add(place_of(reference), _PAIR | place_of(first))

    def _verify(self, pairs: array[int], near: KeyStore) -> None:
        records = self._records.get(Namespace.NEAR_SAMPLE)
        if not records or not pairs:
            return
        from palms_spec.analysis.likeness import jaccard

        threshold = min(float(self._rulebook.setting(record, "threshold")) for record in records)
        for place, firsts in equal_keys(pairs, singles=True):
            facts, pieces = self._shingles(place)
            for first in map(place_of, firsts):
                other, other_pieces = self._shingles(first)
                if facts.normalized == other.normalized:
                    break
                if jaccard(pieces, other_pieces) >= threshold:
                    near.columns.add(first, _NEAR | place)
                    break

    def _shingles(self, place: int) -> tuple[SampleFacts, frozenset[str]]:
        from palms_spec.analysis.likeness import shingles

        facts = self._facts(place)
        return facts, frozenset(shingles(facts.words))

    def _facts(self, reference: int) -> SampleFacts:
        return SampleFacts(self._members.sample_alone(reference), self._members.context(reference))

    def _facts_of(self, member: Member) -> SampleFacts:
        return self._facts(member.reference)

    def _look(self, namespace: int, references: list[int], key: int) -> Iterator[Finding]:
        records = self._records.get(namespace, ())
        if not records or len(references) < self._least.get(namespace, 2):
            return
        members = tuple(self._members.member(reference) for reference in references)
        calls = [(record, self._rulebook.check(record)) for record in records]
        group = Group(Namespace(namespace), members, self._facts_of, self._sizes, key)
        for record, problem in run_checks(calls, group):
            yield self._finding(record, problem, members[0])

    def _finding(self, record: RuleRecord, problem: Problem, default: Member) -> Finding:
        member = problem.member or default
        document, pointer, start, end = self._members.place(member, problem.part)
        if problem.pointer:
            pointer, start, end = problem.pointer, problem.start, problem.end
        draft = member.kind == "sample" and self._members.context(member.reference).draft
        related = []
        for other in problem.related:
            assert other.member is not None, "groups name members"
            where, other_pointer, first, last = self._members.place(other.member, other.part)
            if other.pointer:
                other_pointer, first, last = other.pointer, None, None
            related.append(Related(place_in(where, other_pointer, start=first, end=last)[0], other.label))
        at = Problem(
            problem.message,
            problem.hint,
            pointer,
            start=start,
            end=end,
            severity=problem.severity,
            causes=problem.causes or tuple(sorted({other.member.path for other in problem.related if other.member})),
        )
        severity = effective_severity(record, draft)
        return finding_of(record, at, document, severity=severity, related=tuple(related))


def _by_namespace(references: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for reference in references:
        found.setdefault(namespace_of(reference), []).append(reference)
    return {namespace: members for namespace, members in found.items() if len(members) > 1}
