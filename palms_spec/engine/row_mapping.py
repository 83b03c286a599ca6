"""The map over the rows of a training file: what rules find in them, what they add up to, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from orjson import JSONDecodeError, loads

from palms_spec.documents.context import ANONYMOUS, SampleContext
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.identity import content_id
from palms_spec.documents.rows import marked_file, row_document, too_long_row
from palms_spec.documents.sample import Sample
from palms_spec.engine.packing import pack
from palms_spec.engine.plan import RowsMapper
from palms_spec.engine.reporting import DocumentRules, findings_in
from palms_spec.engine.row_rules import RowRules
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import Found
from palms_spec.engine.units import RowUnit, Yield
from palms_spec.facts.keys import KeyColumns
from palms_spec.facts.references import FILE_SHIFT
from palms_spec.facts.row import RowFacts
from palms_spec.facts.row_keys import RowKeys
from palms_spec.facts.row_totals import Place, RowTotals
from palms_spec.findings import Finding
from palms_spec.sources.jsonl import BLANKS, line_blocks
from palms_spec.sources.text import SourceText
from palms_spec.targets.plan import Plan
from palms_spec.targets.rows.glance import Seen, glance_of
from palms_spec.targets.rows.parsing import NOTHING, parse_row
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.row import TargetRow

OF_DOCUMENTS = frozenset(("unreadable-document", "syntax-error", "duplicate-key"))
"""Defects that the rules about documents report, of rows as of anything else."""
BLANK = Defect("blank-line", "the line is blank", "take the line out", offset=0)


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """Rows of a training file for a target. Ungated, every row is read with all care."""

    rulebook: Rulebook
    target: Plan
    gated: bool = True

    def context(self, number: int) -> SampleContext:
        """That of samples of no dataset."""
        return ANONYMOUS

    def mapper(self) -> RowsMapper:
        """What looks at the rows."""
        return RowMapper(self)

    def row_reader(self) -> Callable[[bytes, SampleContext], list[Sample]]:
        """What reads the conversation of a row again."""
        reader = RowReader(self.target)

        def read(raw: bytes, context: SampleContext) -> list[Sample]:
            try:
                value: object = loads(raw)
            except JSONDecodeError:
                value = parse_row(raw)[0]
            row = reader.conversation(value)
            return [Sample(None, row.turns, row.rejected)]

        return read


class RowMapper:
    """The rules about rows, made ready."""

    def __init__(self, plan: CheckPlan) -> None:
        self.timing = plan.rulebook.timing
        self.reader = RowReader(plan.target)
        self._profile = plan.target.profile
        self._rules = RowRules(plan.rulebook)
        self._document_rules = DocumentRules(plan.rulebook)
        self._keys = RowKeys(plan.rulebook.namespaces)
        self._glance = glance_of(self.reader) if plan.gated and self._rules.own else None

    def map_rows(self, unit: RowUnit, columns: KeyColumns) -> Yield:
        """Look at the rows of a shard. Keys go to `columns`, with full references."""
        path, base = unit.file.path, unit.file.number << FILE_SHIFT
        findings: list[Finding] = []
        totals = RowTotals()
        plain: dict[int, tuple[Seen, Place]] = {}
        add_keys, glance = self._keys.add, self._glance
        if unit.shard.has_bom:
            findings.extend(self.findings_of_mark(path))
        for rows, line, offset in line_blocks(unit.shard):
            if rows is None:
                totals.rows += 1
                findings.extend(self._document_rules.findings(too_long_row(path, line, offset)))
                continue
            for raw in rows:
                length = len(raw) + 1
                glanced = glance(raw) if glance is not None else None
                if glanced is not None:
                    seen, texts = glanced
                    if (known := plain.get(id(seen))) is not None:
                        known[1].count += 1
                    else:
                        plain[id(seen)] = seen, Place(line, offset)
                    add_keys(columns, seen.roles, texts, base | offset)
                else:
                    row, found = self._look(path, raw, line, offset, totals)
                    findings.extend(found)
                    if row.turns:
                        roles, texts = tuple([turn.role for turn in row.turns]), [turn.content for turn in row.turns]
                        add_keys(columns, roles, texts, base | offset, [turn.content for turn in row.rejected])
                line += 1
                offset += length
        for seen, place in plain.values():
            self._count_plain(totals, seen, place)
        totals.train = totals.rows
        return Yield(pack(findings), rows=totals)

    def findings_in(self, path: str, raw: bytes, line: int, offset: int) -> list[Finding]:
        """What is found in a row, or in a blank line, that begins at a line and a byte of a file."""
        return list(self._look(path, raw, line, offset, RowTotals())[1])

    def findings_of_mark(self, path: str) -> list[Finding]:
        """What is found about a byte order mark at the start of a file."""
        return [] if self._profile.byte_order_mark else list(self._document_rules.findings(marked_file(path)))

    def is_plain(self, raw: bytes) -> bool:
        """Whether it is known at a glance that nothing is found in a row."""
        return self._glance is not None and self._glance(raw) is not None

    def _look(
        self, path: str, raw: bytes, line: int, offset: int, totals: RowTotals
    ) -> tuple[TargetRow, Iterator[Finding]]:
        """A row read with all care."""
        if not raw.strip(BLANKS):
            document = row_document(path, raw, line, offset)
            # The line end belongs to what is wrong; the row itself is without it.
            document.source = SourceText(path, "", first_line=line, first_byte=offset)
            blank = TargetRow(NOTHING, defects=[BLANK])
            return blank, self._reported(document, blank, [], self._found(blank, raw))
        raw = raw.removesuffix(b"\r")
        document = row_document(path, raw, line, offset)
        totals.rows += 1
        value, defects = parse_row(raw)
        row = self.reader.read(value) if value is not NOTHING else TargetRow(value)
        row.defects += [defect for defect in defects if defect.kind not in OF_DOCUMENTS]
        of_document = [defect for defect in defects if defect.kind in OF_DOCUMENTS]
        self._count(totals, row, line, offset)
        return row, self._reported(document, row, of_document, self._found(row, raw))

    def _found(self, row: TargetRow, raw: bytes) -> Iterator[Found]:
        return self._rules.found(RowFacts(self.reader, row, len(raw)))

    def _reported(
        self, document: Document, row: TargetRow, defects: list[Defect], found: Iterator[Found]
    ) -> Iterator[Finding]:
        of_rules = list(found)
        if not of_rules and not defects:
            return iter(())
        document.defects = defects
        if row.turns:
            document.id = content_id(row.turns)  # by which its findings are known where lines move
        return chain(self._document_rules.findings(document), findings_in(document, of_rules))

    def _count(self, totals: RowTotals, row: TargetRow, line: int, offset: int) -> None:
        if not row.form:
            return
        totals.add_form(row.form, Place(line, offset))
        for name in self._profile.all_or_none:
            if name == self._profile.message_weight:
                for message in row.messages:
                    totals.add_field(name, name in message.value, Place(line, offset))
            else:
                totals.add_field(name, name in row.value, Place(line, offset))

    def _count_plain(self, totals: RowTotals, seen: Seen, place: Place) -> None:
        totals.rows += place.count
        totals.add_form(seen.form, Place(place.line, place.offset, place.count))
        for name in self._profile.all_or_none:
            each = len(seen.roles) - seen.outside if name == self._profile.message_weight else 1
            stands = seen.outside and name == "system"
            totals.add_field(name, stands, Place(place.line, place.offset, place.count * each))
