"""Counts by rule in place of findings, as JSON."""

from __future__ import annotations

from typing import Any

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import SEVERITIES
from palms_spec.render.escaping import json_text
from palms_spec.render.json import head_value, tail_value
from palms_spec.render.statistics import RuleCount, rule_counts
from palms_spec.render.terminal import Output
from palms_spec.render.view import View


def render_statistics_json(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run as the report of `json` has it, with counts by rule in the place of its findings."""
    rows = ",\n".join(json_text(_value(count)) for count in rule_counts(outcome))
    head, tail = json_text(head_value(outcome))[:-1], json_text(tail_value(outcome))[1:]
    out.stream.write(f'{head}, "statistics": [' + (f"\n{rows}\n" if rows else "") + f"], {tail}\n")


def _value(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule,
        "code": count.code,
        **{f"{severity}s": count.severities[severity] for severity in reversed(SEVERITIES)},
        "fixable": count.fixes["safe"],
        "suppressed": count.suppressed,
        "baselined": count.baselined,
    }
