"""What there is to say about suppressions and the baseline. Rules are imported only where one of them has something to
say, so that a run in which all is as it should be does without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from palms_spec.engine.baseline import entry_place
from palms_spec.engine.ignores import Ignored, as_suppression, relative
from palms_spec.engine.packing import pack
from palms_spec.engine.settings import Settings
from palms_spec.engine.spool import Spool
from palms_spec.facts.suppression import STALE, UNUSED, BaselineFacts, SuppressionFacts
from palms_spec.findings import START_OF_FILE, AcceptedBy, BaselineEntry, Finding, Place, Suppression
from palms_spec.rulekit.index import RuleRecord

HELD = 5_000
UNKNOWN_AFTER_A_CRASH = (UNUSED, STALE)


class Bookkeeping:
    """Takes what became of each suppression and entry; `findings` gives what the rules say, in order of report."""

    def __init__(self, settings: Settings, names: Mapping[str, str], today: str) -> None:
        self._settings = settings
        self._names = names
        self._today = today
        records = settings.rulebook.records
        self._families = frozenset(record.family for record in settings.known or records)
        self._running = frozenset(record.name for record in records)
        self._records = {one.defect: one for one in records if one.subject in ("suppression", "baseline")}
        self._spool = Spool()
        self._held: list[Finding] = []
        self._blocks = 0

    def written(self, suppression: Suppression, used: bool) -> None:
        """A suppression in a file."""
        facts = self._facts(suppression, "source", used)
        if records := self._concerned(facts.defects):
            from palms_spec.engine.remarks import suppression_findings

            self._add(suppression_findings(self._settings.rulebook, records, facts))

    def configured(self, entry: Ignored, used: bool) -> None:
        """An entry of `lint.ignores`."""
        nowhere = Suppression(entry.rule, entry.reason, entry.until, Place("", START_OF_FILE), "", START_OF_FILE)
        if records := self._concerned(self._facts(nowhere, "configuration", used).defects):
            from palms_spec.engine.remarks import suppression_findings

            shown = as_suppression(entry, self._settings.configuration, self._settings.root)
            facts = self._facts(shown, "configuration", used)
            self._add(suppression_findings(self._settings.rulebook, records, facts))

    def stale(self, entries: Sequence[tuple[BaselineEntry, int]]) -> None:
        """Entries of the baseline that accept more than was found, with what was."""
        path, records = self._settings.baseline, self._concerned((STALE,))
        if path is None or not records or not entries:
            return
        from palms_spec.engine.remarks import baseline_findings

        text, name = path.read_text("utf-8", "replace"), relative(path, self._settings.root)
        for entry, found in entries:
            place = entry_place(text, entry, name)
            self._add(baseline_findings(self._settings.rulebook, records, BaselineFacts(entry, found), place))

    def findings(self, *, crashed: bool) -> Iterator[Finding]:
        """All that is to be said. If a rule `crashed`, what it would have found is not known, and neither is what is
        unused."""
        self._flush()
        found = self._spool.findings()
        return (one for one in found if one.rule not in UNKNOWN_AFTER_A_CRASH) if crashed else found

    def is_settled(self, name: str) -> bool:
        """Whether what a rule finds is known: it was on, or there is no such rule any more."""
        return name in self._running or name not in self._names

    def _facts(self, suppression: Suppression, by: AcceptedBy, used: bool) -> SuppressionFacts:
        name = self._names.get(suppression.rule, "")
        return SuppressionFacts(
            suppression, name, by, name in self._running, used, self._today, self._names.keys(), self._families
        )

    def _concerned(self, defects: Iterable[str]) -> list[RuleRecord]:
        return [self._records[defect] for defect in sorted(defects) if defect in self._records]

    def _add(self, findings: Iterable[Finding]) -> None:
        self._held.extend(findings)
        if len(self._held) >= HELD:
            self._flush()

    def _flush(self) -> None:
        self._spool.add(str(self._blocks), pack(self._held))
        self._blocks += 1
        self._held = []
