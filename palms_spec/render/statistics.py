"""Counts by rule in place of findings, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import SEVERITY_RANK, Severity
from palms_spec.render.closing import write_closing
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.render.view import View


@dataclass(slots=True)
class RuleCount:
    """What a rule found: how many findings are to be shown, of which severities and with which fixes, and how many are
    accepted, by what (`Acceptance.by`)."""

    rule: str
    code: str
    severities: Counter[Severity] = field(default_factory=Counter)
    fixes: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)

    @property
    def shown(self) -> int:
        """Findings that are to be shown."""
        return self.severities.total()

    @property
    def suppressed(self) -> int:
        """Findings that a suppression covers."""
        return self.accepted["source"] + self.accepted["configuration"]

    @property
    def baselined(self) -> int:
        """Findings that are in the baseline."""
        return self.accepted["baseline"]


def rule_counts(outcome: Outcome) -> list[RuleCount]:
    """What each rule found that found anything, the most frequent first."""
    counts: dict[str, RuleCount] = {}
    for finding, acceptance in outcome.all():
        count = counts.setdefault(finding.rule, RuleCount(finding.rule, finding.code))
        if acceptance is not None:
            count.accepted[acceptance.by] += 1
            continue
        count.severities[finding.severity] += 1
        if finding.fix is not None and finding.fix.edits:
            count.fixes[finding.fix.safety] += 1
    return sorted(counts.values(), key=lambda count: (-count.shown, count.code))


def render_statistics(outcome: Outcome, out: Output, view: View) -> None:
    """Write a line a rule: how much it found, and where it matters how much of that can be fixed or is accepted."""
    counts = rule_counts(outcome)
    columns = list(_columns(counts))
    if counts:
        name = max(len("rule"), *(len(count.rule) for count in counts))
        code = max(len("code"), *(len(count.code) for count in counts))
        out.line(
            ("   count  ", "strong"),
            (f"{'code':<{code}}  {'rule':<{name}}  severity", "strong"),
            ("".join(f"  {title}" for title, _ in columns), "strong"),
        )
        for count in counts:
            severity: Severity = max(count.severities, key=lambda name: SEVERITY_RANK[name], default="note")
            shown = severity if count.shown else ""
            more = "".join(f"  {values[count.rule] or '':>{len(title)}}" for title, values in columns).rstrip()
            out.line(
                f"{count.shown:>8,}  {visible(count.code):<{code}}  ",
                (f"{visible(count.rule):<{name}}", "strong"),
                "  ",
                (f"{shown:<8}" if more else shown, severity),
                more,
            )
    if view.closing:
        if counts:
            out.line()
        write_closing(outcome, out, view.namer())


def _columns(counts: list[RuleCount]) -> Iterator[tuple[str, dict[str, int]]]:
    """The further columns that are not empty."""
    columns = {
        "fixable": {count.rule: count.fixes["safe"] for count in counts},
        "suppressed": {count.rule: count.suppressed for count in counts},
        "in baseline": {count.rule: count.baselined for count in counts},
    }
    yield from ((title, values) for title, values in columns.items() if any(values.values()))
