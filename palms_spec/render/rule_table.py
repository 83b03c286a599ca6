"""All rules in a table, as text, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.rulekit.index import RuleRecord

LEAST_SUMMARY = 30


def write_rule_table(records: Sequence[RuleRecord], out: Output) -> None:
    """Write a line a rule; on a terminal that is too narrow for it, more."""
    code = max(len(record.code) for record in records)
    name = max(len(record.name) for record in records)
    severity = max(len(record.severity) for record in records)
    fix = max(len(record.fixable) for record in records)
    indent = code + name + severity + fix + (8 if fix else 6)
    room = max(out.terminal.width - indent, LEAST_SUMMARY) if out.terminal.interactive else 10_000
    for record in records:
        first, *rest = wrapped(visible(record.summary), room)
        out.line(
            f"{record.code:<{code}}  ",
            (f"{record.name:<{name}}  ", "strong"),
            (f"{record.severity:<{severity}}  ", record.severity),
            (f"{record.fixable:<{fix}}  " if fix else "", "faint"),
            first,
        )
        for line in rest:
            out.line(" " * indent + line)


def rules_markdown(records: Sequence[RuleRecord]) -> str:
    """A Markdown table of the rules."""
    rows = ["| code | rule | severity | fix | what it finds |", "| --- | --- | --- | --- | --- |"]
    for record in records:
        summary = record.summary.replace("|", "\\|")
        rows.append(f"| {record.code} | {record.name} | {record.severity} | {record.fixable} | {summary} |")
    return "\n".join(rows) + "\n"


def rules_value(records: Sequence[RuleRecord]) -> dict[str, Any]:
    """The rules as a JSON value; its version goes up when something is renamed or removed."""
    return {"version": 1, "rules": [_value(record) for record in records]}


def _value(record: RuleRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "code": record.code,
        "family": record.family,
        "severity": record.severity,
        "confidence": record.confidence,
        "stability": record.stability,
        "since": record.since,
        "subject": record.subject,
        "aliases": list(record.aliases),
        "completeness": record.completeness,
        "fixable": record.fixable or None,
        "summary": record.summary,
        "expected": record.expected,
        "page": record.doc,
        "settings": record.settings,
    }
