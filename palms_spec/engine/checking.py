"""One run over a training file for a target: the rules about rows, what they add up to, and rows that are alike.

It is the run of the linter for one file: the same map, keys, groups and findings, with other rules.
"""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from palms_spec.documents.context import ANONYMOUS
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.rows import row_document
from palms_spec.engine.content import Content
from palms_spec.engine.grouping import Grouping, KeyStore, partitions_for
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.members import Members
from palms_spec.engine.options import DEFAULT_OPTIONS, Options
from palms_spec.engine.outcome import Judged, Outcome, Scope, seen
from palms_spec.engine.packing import pack
from palms_spec.engine.reporting import DocumentRules, findings_in, unreadable
from palms_spec.engine.row_mapping import CheckPlan
from palms_spec.engine.row_rules import RowRules
from palms_spec.engine.rowfiles import RowFiles
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.engine.settings import Settings
from palms_spec.engine.spool import Spool
from palms_spec.engine.timing import LOOKING
from palms_spec.engine.units import SampleFile
from palms_spec.errors import UnreadableSource
from palms_spec.facts.group import sample_set
from palms_spec.facts.row import RowFacts
from palms_spec.facts.row_totals import RowTotals
from palms_spec.facts.target import TargetFacts
from palms_spec.findings import Finding, Severity
from palms_spec.sources.text import SourceText
from palms_spec.targets.plan import Plan
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.row import TargetRow

OTHERS = frozenset(
    (
        "unreadable-document",
        "syntax-error",
        "duplicate-key",
        "byte-order-mark",
        "duplicate-sample",
        "near-duplicate-sample",
        "duplicate-prompt",
    )
)
"""Rules of other families that look at the rows of a training file as well."""
WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

OPENINGS = (b"[", b"[{", b"{")
"""What a file begins with, in a line of its own, that is one JSON value over many lines."""
ONE_VALUE = "the file is one JSON value over many lines, and not one a line"


@dataclass(slots=True)
class Checked:
    """`outcome` has the findings. `totals` are what the rows add up to, `repeated` the byte offsets of rows that stand
    in the file already, in no order."""

    outcome: Outcome
    totals: RowTotals = field(default_factory=RowTotals)
    repeated: array[int] = field(default_factory=lambda: array("Q"))


def rulebook_for(plan: Plan, settings: Settings) -> Rulebook:
    """The rules of a run for a target, of those that are on. No target refuses a file for rows that stand in it twice;
    those that are hosted do refuse a byte order mark."""
    severities: dict[str, Severity] = {"duplicate-sample": "warning"}
    if not plan.profile.local:
        severities["byte-order-mark"] = "error"
    records = tuple(
        replace(record, severity=severities.get(record.name, record.severity))
        for record in settings.rulebook.records
        if record.subject in ("row", "target") or record.name in OTHERS
    )
    return Rulebook(records, settings.rulebook.settings, settings.rulebook.timing)


def run_check(inputs: Inputs, plan: Plan, settings: Settings, options: Options = DEFAULT_OPTIONS) -> Checked:
    """Check the one file of the inputs for a target."""
    rulebook = rulebook_for(plan, settings)
    if options.timing is not None:
        rulebook.timing = options.timing
    name, content = inputs.names[0], Content(inputs.root, inputs.stand_ins)
    folder = Path(tempfile.mkdtemp(prefix="palms-"))
    row_files = RowFiles(content, folder)
    try:
        run = _Run(SampleFile(0, name, 0), CheckPlan(rulebook, plan, options.gated), content, row_files, folder)
        run.look(options)
    finally:
        row_files.close()
        shutil.rmtree(folder, ignore_errors=True)
    judged = _judged(run.spool, inputs, settings)
    outcome = Outcome(
        lambda: (finding for finding, acceptance in judged() if acceptance is None),
        Scope(samples=run.totals.rows, noun="row"),
        settings.fail_on,
        judged=judged,
        records=rulebook.records,
    )
    return Checked(outcome, run.totals, run.repeated)


def _judged(spool: Spool, inputs: Inputs, settings: Settings) -> Callable[[], Iterator[Judged]]:
    """The findings, with those that `lint.ignores` accepts. Entries about other files say nothing here."""
    name = inputs.names[0]
    settings = replace(
        settings,
        ignores=tuple(entry for entry in settings.ignores if entry.path.fullmatch(name)),
        baseline=None,
        rulebook=Rulebook(()),
    )
    if not settings.ignores:
        return lambda: seen(((finding, None) for finding in spool.findings()), inputs.shows, settings)
    from palms_spec.engine.accepting import Accepting

    accepting = Accepting(spool, Spool(), inputs, settings)
    return lambda: seen(accepting.judged(), inputs.shows, settings)


class _Run:
    """What is found in the file goes into `spool`."""

    def __init__(self, file: SampleFile, plan: CheckPlan, content: Content, row_files: RowFiles, folder: Path) -> None:
        self.spool = Spool()
        self.totals = RowTotals()
        self.repeated = array("Q")
        self._file = file
        self._plan = plan
        self._content = content
        self._row_files = row_files
        self._folder = folder
        self._document_rules = DocumentRules(plan.rulebook)

    def look(self, options: Options) -> None:
        """Map, reduce, and look at the whole."""
        if self._is_no_jsonl():
            return
        size = os.path.getsize(self._content.on_disk(self._file.path))
        keys = KeyStore(self._folder / "keys", options.partitions or partitions_for(size))
        with options.phase("counting lines"):
            self._row_files.begin(self._plan, size, keys, options.jobs, options.shard_bytes)
            shards, row_bytes = self._row_files.plan([self._file], options.shard_bytes)
        with options.phase(LOOKING):
            looked = self._row_files.map(shards, row_bytes, self._plan, keys, options.jobs)
            for number, (_, result) in enumerate(looked, 1):
                self.spool.add("rows", result.findings)
                if options.timing is not None:
                    options.timing.add(result.times)
                if result.rows is not None:
                    self.totals.merge(result.rows)
                if options.progress is not None:
                    options.progress(number / len(shards))
        for _, error in self._row_files.unreadable:
            self._add("unreadable", self._document_rules.findings(unreadable(self._file.path, error)))
        with options.phase("comparing rows (reduce)"):
            self._reduce(keys)
        with options.phase("looking at the whole"):
            if shards:
                self._add("whole", self._of_the_whole())

    def _is_no_jsonl(self) -> bool:
        """Whether the file is in another encoding, or one JSON value over many lines, which is all there is to say."""
        try:
            head = self._content.head(self._file.path)
        except UnreadableSource:
            return False  # reading the rows will say why
        if head.startswith(WIDE):
            error = UnreadableSource("encoded as UTF-16 or UTF-32", hint="save the file as UTF-8")
            self._add("whole", self._document_rules.findings(unreadable(self._file.path, error)))
            return True
        first, feed, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
        if not feed or first.strip() not in OPENINGS:
            return False
        defect = Defect("row-not-a-mapping", ONE_VALUE, "write one object a line", offset=0)
        facts = RowFacts(RowReader(self._plan.target), TargetRow(None, defects=[defect]), 0)
        document = Document(
            self._file.path, first, source=SourceText(self._file.path, first.decode("utf-8", "replace"))
        )
        self._add("whole", findings_in(document, RowRules(self._plan.rulebook).found(facts)))
        return True

    def _reduce(self, keys: KeyStore) -> None:
        members = Members(self._plan, [self._file], [], self._content.read, self._row_files.access)
        sizes = Counter({sample_set(ANONYMOUS.dataset, self._file.path): self.totals.rows})
        try:
            Grouping(
                self._plan.rulebook,
                members,
                lambda name: KeyStore(self._folder / name, keys.partitions),
                self._add,
                sizes,
                repeated=self.repeated,
            ).run(self._row_files.groups(keys))
        finally:
            members.close()

    def _of_the_whole(self) -> Iterator[Finding]:
        path = self._row_files.unpacked(self._file.path)
        facts = TargetFacts(self._file.path, self._plan.target, self.totals, os.path.getsize(path))
        records = self._plan.rulebook.of("target")
        calls = [(record, self._plan.rulebook.check(record)) for record in records]
        access = self._row_files.access(self._file.path)
        try:
            for record, problem in run_checks(calls, facts):
                document = Document(self._file.path)
                if problem.member is not None:
                    raw, start = access.row(problem.member.reference)
                    document = row_document(self._file.path, raw, access.line(start), start)
                yield from findings_in(document, [(record, problem)])
        finally:
            access.close()

    def _add(self, stream: str, findings: Iterator[Finding] | list[Finding]) -> None:
        self.spool.add(stream, pack(findings))
