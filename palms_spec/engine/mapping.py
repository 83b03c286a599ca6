"""The map: one unit of samples in, its findings, totals and keys out. Nothing here knows of other units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from palms_spec.documents.context import SampleContext
from palms_spec.documents.identity import content_id
from palms_spec.documents.rows import marked_file, read_row, row_document, too_long_row
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.suppressions import suppressions_in
from palms_spec.engine.dispatch import SampleDispatch
from palms_spec.engine.packing import pack, pack_suppressions
from palms_spec.engine.plan import MapPlan
from palms_spec.engine.reporting import DocumentRules, findings_in, unreadable
from palms_spec.engine.running import Found, run_checks
from palms_spec.engine.units import RowUnit, SampleFile, Yield
from palms_spec.errors import SourceError
from palms_spec.facts.keys import KeyColumns, key_of
from palms_spec.facts.references import FILE_SHIFT, NAMESPACE_SHIFT, Namespace
from palms_spec.facts.sample import SampleFacts
from palms_spec.facts.sample_keys import SampleKeys
from palms_spec.facts.totals import Totals
from palms_spec.findings import Finding, Span, Suppression
from palms_spec.sources.jsonl import iter_rows

if TYPE_CHECKING:
    from palms_spec.engine.sample_targets import SampleTargets

_OWN = Namespace.RULE << NAMESPACE_SHIFT


class Mapper:
    """The rules about samples, made ready."""

    def __init__(self, plan: MapPlan) -> None:
        self._plan = plan
        self._dispatch = SampleDispatch(plan.rulebook, gated=plan.gated)
        self._document_rules = DocumentRules(plan.rulebook)
        self._keys = SampleKeys(plan.rulebook.namespaces)
        self.timing = plan.rulebook.timing
        self._needs = {record.name: record.needs for record in plan.rulebook.of("sample")}
        self._targets: dict[int, SampleTargets] = {}
        self._own_keys = [keys for keys in map(plan.rulebook.keys, plan.rulebook.of("group")) if keys is not None]

    def map_rows(self, unit: RowUnit, columns: KeyColumns) -> Yield:
        """Look at the rows of a shard. Keys go to `columns`, with full references."""
        path, context = unit.file.path, self._plan.context(unit.file.context)
        base, draft = unit.file.number << FILE_SHIFT, context.draft
        findings: list[Finding] = []
        suppressions: list[Suppression] = []
        totals, calls, add_keys = Totals(), self._dispatch.calls, self._keys.add
        targets = self._targets_of(unit.file.context)
        if unit.shard.has_bom:
            findings.extend(self._document_rules.findings(marked_file(path)))
        for raw, line, offset in iter_rows(unit.shard):
            if raw is None:
                findings.extend(self._document_rules.findings(too_long_row(path, line, offset)))
                continue
            samples, defects = read_row(raw, context)
            if b"palms_ignore" in raw:
                suppressions += suppressions_in(row_document(path, raw, line, offset))
            if defects:
                document = row_document(path, raw, line, offset)
                document.defects = defects
                findings.extend(self._document_rules.findings(document))
            for index, sample in enumerate(samples):
                facts = SampleFacts(sample, context, defects)
                totals.add(facts)
                add_keys(columns, facts, base | (offset + index))
                if self._own_keys:
                    self._add_own_keys(columns, facts, base | (offset + index))
                found = list(run_checks(calls(facts), facts))
                if targets is not None:
                    found += targets.look(sample, totals.targets)
                if found:
                    caused = self._caused(found, context)
                    name = sample.id or content_id(sample.turns)
                    document = row_document(path, raw, line, offset, name)
                    findings.extend(findings_in(document, caused, draft=draft))
        return Yield(pack(findings), totals, suppressions=pack_suppressions(suppressions))

    def map_file(self, file: SampleFile, data: bytes) -> Yield:
        """Look at a file of samples that is no JSONL. Keys are in the result, without the file's number."""
        context = self._plan.context(file.context)
        document, samples = read_samples(file.path, data, file.name, context)
        findings = list(self._document_rules.findings(document))
        # What a published text says of its findings is known from the specification that it is.
        suppressions = pack_suppressions([] if document.published else suppressions_in(document))
        totals, columns = Totals(), KeyColumns()
        targets = self._targets_of(file.context)
        for index, sample in enumerate(samples):
            facts = SampleFacts(sample, context, document.defects)
            totals.add(facts)
            self._keys.add(columns, facts, index)
            self._add_own_keys(columns, facts, index)
            found = self._caused(run_checks(self._dispatch.calls(facts), facts), context)
            if targets is not None:
                found = chain(found, targets.look(sample, totals.targets))
            document.id = sample.id or content_id(sample.turns)
            findings.extend(findings_in(document, found, draft=context.draft))
        if document.published:
            findings = once(findings)
        return Yield(pack(findings), totals, columns.columns[0], suppressions)

    def _caused(self, found: Iterable[Found], context: SampleContext) -> Iterator[Found]:
        """The problems, with the documents that say what their rules need to know of the context."""
        for record, problem in found:
            needs = self._needs.get(record.name)
            yield record, replace(problem, causes=(*problem.causes, *context.sources(needs))) if needs else problem

    def _targets_of(self, number: int) -> SampleTargets | None:
        """The targets of a context, if it names some."""
        context = self._plan.context(number)
        if context.targets and number not in self._targets:
            from palms_spec.engine.row_rules import RowRules  # most datasets name no target
            from palms_spec.engine.sample_targets import SampleTargets

            self._targets[number] = SampleTargets(context, RowRules(self._plan.rulebook))
        return self._targets.get(number)

    def _add_own_keys(self, columns: KeyColumns, facts: SampleFacts, place: int) -> None:
        for keys in self._own_keys:
            for key in keys(facts):
                columns.add(key_of(key), _OWN | place)

    def map_unreadable(self, file: SampleFile, error: SourceError) -> Yield:
        """What there is to say about a file of samples that cannot be read."""
        return Yield(pack(self._document_rules.findings(unreadable(file.path, error))))


def once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that say again what was said of the same place: in a published text, several samples
    share an answer."""
    found: dict[tuple[str, Span, str], Finding] = {}
    for one in findings:
        found.setdefault((one.rule, one.place.span, one.message), one)
    return list(found.values())
