"""What a run of the linter came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as copy

from palms_spec.engine.ignores import is_off
from palms_spec.engine.repairs import Repairs
from palms_spec.engine.settings import Settings
from palms_spec.errors import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS
from palms_spec.findings import SEVERITY_RANK, Acceptance, BaselineEntry, Finding, Severity
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import RuleRecord

Judged = tuple[Finding, Acceptance | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """How much was looked at. `noun` is what samples are called: those of a training file are rows."""

    documents: int = 0
    datasets: int = 0
    samples: int = 0
    noun: str = "sample"

    def as_json(self) -> list[int]:
        """JSON that `Scope(*value)` reads back."""
        return [self.documents, self.datasets, self.samples]


@dataclass(slots=True)
class Tally:
    """Findings counted while they passed by; `correctable` are those with a safe fix, by severity."""

    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    fixes: Counter[str] = field(default_factory=Counter)
    correctable: Counter[str] = field(default_factory=Counter)
    highest: int = -1

    def add(self, finding: Finding, acceptance: Acceptance | None = None) -> None:
        """Count one; of those that are accepted it is only counted by what."""
        if acceptance is not None:
            self.accepted[acceptance.by] += 1
            return
        self.severities[finding.severity] += 1
        self.rules[finding.rule] += 1
        if finding.fix is not None:
            self.fixes[finding.fix.safety] += 1
            self.correctable[finding.severity] += finding.fix.safety == "safe"
        self.highest = max(self.highest, SEVERITY_RANK[finding.severity])

    @property
    def total(self) -> int:
        """All findings that are to be shown."""
        return self.severities.total()

    @property
    def suppressed(self) -> int:
        """Findings that a suppression covers, wherever it stands."""
        return self.accepted["source"] + self.accepted["configuration"]

    @property
    def baselined(self) -> int:
        """Findings that are in the baseline."""
        return self.accepted["baseline"]


@dataclass(slots=True)
class Outcome:
    """The findings of a run in order of report, and what was looked at.

    `stream` gives the findings that are to be shown, anew each time; `judged` also those that are accepted, where there
    may be any. `not_evaluated` names rules that could not look, with the reason. `stale` are entries of the baseline
    that accept more than was found, with how much was. `repairs` is what was fixed before, if that was asked for.
    `records` are the rules that were asked.
    """

    stream: Callable[[], Iterator[Finding]]
    scope: Scope
    fail_on: Severity = "warning"
    not_evaluated: tuple[tuple[str, str], ...] = ()
    judged: Callable[[], Iterator[Judged]] | None = None
    stale: tuple[tuple[BaselineEntry, int], ...] = ()
    records: tuple[RuleRecord, ...] = ()
    repairs: Repairs | None = None
    _tally: Tally | None = None

    def all(self) -> Iterator[Judged]:
        """All findings in order of report, each with why it is accepted, or None if it is to be shown."""
        return self.judged() if self.judged else ((finding, None) for finding in self.stream())

    @property
    def tally(self) -> Tally:
        """The counts over all findings."""
        if self._tally is None:
            tally = Tally()
            for finding, acceptance in self.all():
                tally.add(finding, acceptance)
            self._tally = tally
        return self._tally

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings at or above `fail_on`, 2 if a rule failed."""
        if self.tally.rules[RULE_CRASHED.name]:
            return EXIT_ERROR
        return EXIT_FINDINGS if self.tally.highest >= SEVERITY_RANK[self.fail_on] else EXIT_CLEAN


def seen(judged: Iterator[Judged], shows: Callable[[str], bool], settings: Settings) -> Iterator[Judged]:
    """The findings that stand in, or are caused by, files that are wanted, of rules that are not off for their file,
    with the severities that were set."""
    severities, file_rules = settings.severities, settings.file_rules
    for finding, acceptance in judged:
        if shows(finding.path) or any(map(shows, finding.causes)):
            if file_rules and is_off(file_rules, finding.rule, finding.path):
                continue
            severity = severities.get(finding.rule)
            yield finding if severity is None else copy(finding, severity=severity), acceptance
