"""Which findings of a run are accepted: by suppressions, by `lint.ignores` or by the baseline.

The first pass over the findings shows what is used, and every later one tells which are accepted. What is said about
suppressions and the baseline itself is accepted by none of them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from heapq import merge

from palms_spec.engine.baseline import counts, read_baseline
from palms_spec.engine.bookkeeping import Bookkeeping
from palms_spec.engine.days import clock
from palms_spec.engine.ignores import Ignored, is_off
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.outcome import Judged
from palms_spec.engine.settings import Settings
from palms_spec.engine.spool import Spool
from palms_spec.engine.suppressing import Suppressing
from palms_spec.facts.suppression import has_expired
from palms_spec.findings import Acceptance, BaselineEntry, Finding, Suppression
from palms_spec.rulekit.crashed import RULE_CRASHED

IN_BASELINE = Acceptance("baseline")


class Accepting:
    """The findings of a run, each with why it is accepted, if it is: `judged` gives them anew each time. `stale` are
    the entries of the baseline that accept more than was found, with how much was."""

    def __init__(self, findings: Spool, suppressions: Spool, inputs: Inputs, settings: Settings) -> None:
        self._findings = findings
        self._suppressions = suppressions
        self._file_rules = settings.file_rules
        self._today = settings.today or clock()
        known = settings.known or settings.rulebook.records
        self._names = {word: record.name for record in known for word in record.words}
        self._ignores: dict[str, list[Ignored]] = {}
        for entry in settings.ignores:
            if not has_expired(entry.until, self._today):
                self._ignores.setdefault(self._names[entry.rule], []).append(entry)
        self._entries = read_baseline(settings.baseline) if settings.baseline else ()
        self._accepted = counts(self._entries)
        self._crashed = False
        self._books = Bookkeeping(settings, self._names, self._today)
        used, found = self._look()
        for entry in settings.ignores:
            self._books.configured(entry, entry.number in used)
        self.stale = () if self._crashed else tuple(self._stale(found, inputs))
        self._books.stale(self.stale)

    def judged(self) -> Iterator[Judged]:
        """All findings in order of report, those about suppressions and the baseline among them."""
        own: Iterator[Judged] = ((finding, None) for finding in self._books.findings(crashed=self._crashed))
        return merge(self._judged(self._suppressing(), set(), Counter()), own, key=lambda pair: pair[0].sort_key)

    def _look(self) -> tuple[set[int], Counter[str]]:
        """The first pass: which entries of `lint.ignores` are used, and how many findings there are of what is in the
        baseline."""
        used: set[int] = set()
        found: Counter[str] = Counter()
        suppressing = self._suppressing(self._books.written)
        for finding, _ in self._judged(suppressing, used, found):
            self._crashed = self._crashed or finding.rule == RULE_CRASHED.name
        suppressing.finish()
        return used, found

    def _suppressing(self, done: Callable[[Suppression, bool], None] | None = None) -> Suppressing:
        return Suppressing(self._suppressions.suppressions(), self._names, self._today, done)

    def _judged(self, suppressing: Suppressing, used: set[int], found: Counter[str]) -> Iterator[Judged]:
        for finding in self._findings.findings():
            if finding.rule == RULE_CRASHED.name:
                yield finding, None
            elif suppression := suppressing.covering(finding):
                yield finding, Acceptance("source", suppression.reason, suppression.until)
            elif entry := self._ignored(finding):
                used.add(entry.number)
                yield finding, Acceptance("configuration", entry.reason, entry.until)
            elif self._accepted and not is_off(self._file_rules, finding.rule, finding.path):
                mark = finding.fingerprint
                found[mark] += mark in self._accepted
                yield finding, IN_BASELINE if 0 < found[mark] <= self._accepted[mark] else None
            else:
                yield finding, None

    def _ignored(self, finding: Finding) -> Ignored | None:
        entries = self._ignores.get(finding.rule, ())
        return next((entry for entry in entries if entry.covers(finding)), None)

    def _stale(self, found: Counter[str], inputs: Inputs) -> Iterator[tuple[BaselineEntry, int]]:
        """What is not known is not stale: rules that were off, files that are there and were not looked at."""
        names = frozenset(inputs.names)
        for entry in self._entries:
            count = min(entry.count, found[entry.fingerprint])
            found[entry.fingerprint] -= count
            if count == entry.count or not self._books.is_settled(entry.rule):
                continue
            if is_off(self._file_rules, entry.rule, entry.path):
                continue
            if entry.path in names or not os.path.lexists(inputs.root / entry.path):
                yield entry, count
