"""The rules about suppressions and baselines. Imported only where one of them has something to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.facts.suppression import BaselineFacts, SuppressionFacts
from palms_spec.findings import Finding, Place
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Problem


def suppression_findings(
    rulebook: Rulebook, records: Iterable[RuleRecord], facts: SuppressionFacts
) -> Iterator[Finding]:
    """What rules say about a suppression."""
    calls = [(record, rulebook.check(record)) for record in records]
    one = facts.suppression
    for record, problem in run_checks(calls, facts):
        if problem.pointer == "/rule":
            place = Place(one.place.path, one.rule_span, one.place.pointer, one.place.document)
            yield _finding(record, problem, place, one.text if one.rule_span == one.place.span else one.rule)
        else:
            yield _finding(record, problem, one.place, one.text)


def baseline_findings(
    rulebook: Rulebook, records: Iterable[RuleRecord], facts: BaselineFacts, place: Place
) -> Iterator[Finding]:
    """What rules say about an entry of the baseline, which stands at a place."""
    calls = [(record, rulebook.check(record)) for record in records]
    for record, problem in run_checks(calls, facts):
        yield _finding(record, problem, place, f'"{facts.entry.fingerprint}"')


def _finding(record: RuleRecord, problem: Problem, place: Place, excerpt: str) -> Finding:
    return Finding(
        record.name,
        record.code,
        problem.severity or record.severity,
        record.confidence,
        place,
        record.expected,
        problem.message,
        problem.hint,
        excerpt,
        causes=problem.causes,
    )
