"""What a run does where no earlier one answers it: load the project, map over samples, reduce.

Documents and files of samples that did not change come from cache entries of their own; rows of large files are looked
at in several processes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from palms_spec.documents.document import Document
from palms_spec.documents.opening import ROW
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.snapshot import restored, snapshot
from palms_spec.documents.unclaimed import UNCLAIMED
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.content import Content
from palms_spec.engine.documents import document_findings
from palms_spec.engine.entities import add_entities
from palms_spec.engine.grouping import Grouping, KeyStore, partitions_for
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.members import Members
from palms_spec.engine.named_values import with_named_values
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Scope
from palms_spec.engine.packing import dumps, loads, pack, pack_suppressions
from palms_spec.engine.plan import MapPlan
from palms_spec.engine.reporting import DocumentRules
from palms_spec.engine.rowfiles import RowFiles
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.spool import Spool
from palms_spec.engine.texts import text_findings
from palms_spec.engine.timing import LOOKING
from palms_spec.engine.units import SampleFile, Yield, sample_files
from palms_spec.errors import UnreadableSource
from palms_spec.facts.group import sample_set
from palms_spec.facts.totals import Totals
from palms_spec.findings import Finding

if TYPE_CHECKING:
    from palms_spec.documents.dataset import TargetChoice
    from palms_spec.engine.mapping import Mapper


class Survey:
    """One look at everything. `findings` puts what is found, and what is suppressed, into the spools and says how much
    was looked at. It would be the same on all `days` after the first and up to the second; "" is no bound."""

    def __init__(
        self,
        inputs: Inputs,
        rulebook: Rulebook,
        options: Options,
        cache: Cache,
        content: Content,
        spool: Spool,
        suppressions: Spool,
        rules_key: bytes,
        today: str,
    ) -> None:
        self.inputs = inputs
        self.rulebook = rulebook
        self.options = options
        self.cache = cache
        self.content = content
        self.spool = spool
        self.suppressions = suppressions
        self.rules_key = rules_key
        self.today = today
        self.days = ("", "")
        self.counts: Counter[SampleFile] = Counter()
        self.context_keys: dict[int, bytes] = {}

    def findings(self) -> Scope:
        """All findings and suppressions into the spools; what was looked at."""
        with self.options.phase("reading documents"):
            project = load_project(
                self.inputs.root,
                self.inputs.names,
                self._document,
                self.content.read,
                anonymous=self._anonymous(),
                published=self.inputs.published,
            )
            rules = DocumentRules(self.rulebook)
            documents = [finding for document in project.documents for finding in rules.findings(document)]
            self.spool.add("documents", pack(documents))
            written = [one for document in project.documents for one in document.suppressions]
            self.suppressions.add("documents", pack_suppressions(written))
        with_named_values(project, self.rulebook.records)
        files = sample_files(project)
        plan = MapPlan(self.rulebook, tuple(entry.context for entry in project.datasets), self.options.gated)
        folder = Path(tempfile.mkdtemp(prefix="palms-"))
        row_files = RowFiles(self.content, folder)
        try:
            scope = self._map_and_reduce(project, plan, files, row_files, folder)
        finally:
            row_files.close()
            shutil.rmtree(folder, ignore_errors=True)
        return scope

    def _map_and_reduce(
        self, project: Project, plan: MapPlan, files: list[SampleFile], row_files: RowFiles, folder: Path
    ) -> Scope:
        plain_files = [file for file in files if not file.has_rows]
        shards, row_bytes = row_files.plan([file for file in files if file.has_rows], self.options.shard_bytes)
        partitions = self.options.partitions or partitions_for(row_bytes)
        keys = KeyStore(folder / "keys", partitions)
        mapper = _Lazy(plan)
        totals: dict[int, Totals] = {}
        with self.options.phase(LOOKING):
            for file in plain_files:
                result = self._map_file(mapper, plan, file)
                keys.columns.add_local(result.keys, file.number)
                self._take("files", file, result, totals)
            for file, error in row_files.unreadable:
                self._take("unreadable", file, mapper.ready.map_unreadable(file, error), totals)
            for number, (unit, result) in enumerate(row_files.map(shards, row_bytes, plan, keys, self.options.jobs), 1):
                self._take("rows", unit.file, result, totals)
                if self.options.progress is not None:
                    self.options.progress(number / len(shards))
        with self.options.phase("comparing samples (reduce)"):
            self._reduce(project, plan, files, row_files, keys, folder)
        with self.options.phase("looking at whole documents"):
            self.spool.add("wholes", pack(document_findings(project, self.rulebook, totals, self.today)))
            self.days = _days([target for entry in project.datasets for target in entry.model.targets], self.today)
            self.spool.add("texts", pack(text_findings(project.documents, self.rulebook, gated=self.options.gated)))
        samples = sum(total.samples for total in totals.values())
        documents = sum(document.kind not in (UNCLAIMED, ROW) for document in project.documents)
        return Scope(documents, len(project.datasets) + len(project.anonymous), samples)

    def _reduce(
        self,
        project: Project,
        plan: MapPlan,
        files: list[SampleFile],
        row_files: RowFiles,
        keys: KeyStore,
        folder: Path,
    ) -> None:
        entities = add_entities(project, keys.columns, self.rulebook.namespaces)
        members = Members(plan, files, entities, self.content.read, row_files.access)
        groups = row_files.groups(keys)

        def new_store(name: str) -> KeyStore:
            return KeyStore(folder / name, keys.partitions)

        def add(stream: str, findings: list[Finding]) -> None:
            self.spool.add(stream, pack(findings))

        if any(entry.context.reviewed for entry in project.datasets):
            from palms_spec.engine.reviewing import Reviewing  # most projects have no reviews

            gated = self.options.gated
            reviewing = Reviewing(project, self.rulebook, members, files, self.content, new_store, gated=gated)
            groups = reviewing.among(keys.columns, groups, add)
        try:
            Grouping(self.rulebook, members, new_store, add, self._set_sizes(plan)).run(groups)
        finally:
            members.close()

    def _take(self, stream: str, file: SampleFile, result: Yield, totals: dict[int, Totals]) -> None:
        self.spool.add(stream, result.findings)
        self.suppressions.add(stream, result.suppressions)
        if self.options.timing is not None:
            self.options.timing.add(result.times)
        self.counts[file] += result.totals.samples
        if file.context in totals:
            totals[file.context].merge(result.totals)
        else:
            totals[file.context] = result.totals

    def _set_sizes(self, plan: MapPlan) -> Counter[tuple[str, str]]:
        sizes: Counter[tuple[str, str]] = Counter()
        for file, count in self.counts.items():
            sizes[sample_set(plan.context(file.context).dataset, file.path)] += count
        return sizes

    def _anonymous(self) -> list[str]:
        """Files of rows that are linted where no dataset claims them: those that were named, and those with samples."""
        rows = self.inputs.rows
        if not rows:
            return []
        from palms_spec.documents.rows import may_hold_samples  # it stands on the forms of samples

        named = frozenset(self.inputs.named_rows)
        return [name for name in rows if name in named or may_hold_samples(self.content.on_disk(name))]

    def _document(self, name: str) -> Document | None:
        try:
            data = self.content.read(name)
        except UnreadableSource:
            if may_be_document(self.content.head(name)):
                raise
            return None
        if not may_be_document(data):
            return None
        key = key_over("document", name, self.content.digest(name))
        if (value := self.cache.get(key)) is not None:
            return restored(name, data, loads(value))
        document = read_document(name, data)
        written = snapshot(document)
        value = dumps(written)
        if loads(value) == written:  # not so for what JSON cannot hold
            self.cache.put(key, value)
        return document

    def _map_file(self, mapper: _Lazy, plan: MapPlan, file: SampleFile) -> Yield:
        digest = self.content.digest(file.path)
        key = key_over("samples", self._context_key(plan, file), file.path, file.name, digest)
        if (value := self.cache.get(key)) is not None:
            return Yield.from_bytes(value)
        try:
            result = mapper.ready.map_file(file, self.content.read(file.path))
        except UnreadableSource as error:
            return mapper.ready.map_unreadable(file, error)
        self.cache.put(key, result.as_bytes())
        return result

    def _context_key(self, plan: MapPlan, file: SampleFile) -> bytes:
        """What the results for a file depend on besides itself, hashed once a dataset."""
        key = self.context_keys.get(file.context)
        if key is None:
            key = key_over(self.rules_key, plan.context(file.context).as_json())
            self.context_keys[file.context] = key
        return key


class _Lazy:
    """A mapper, made when something has to be looked at."""

    def __init__(self, plan: MapPlan) -> None:
        self._plan = plan
        self._mapper: Mapper | None = None

    @property
    def ready(self) -> Mapper:
        if self._mapper is None:
            from palms_spec.engine.mapping import Mapper

            self._mapper = Mapper(self._plan)
        return self._mapper


def _days(targets: list[TargetChoice | str], today: str) -> tuple[str, str]:
    """Between which days nothing changes in what is known of the targets that datasets name."""
    if not targets:
        return "", ""
    from palms_spec.targets.choice import known_plans  # most datasets name no target
    from palms_spec.targets.state import days_of_state

    bounds = [days_of_state(plan.profile, today) for _, plan in known_plans(targets)]
    return max((after for after, _ in bounds), default=""), min((until for _, until in bounds if until), default="")
