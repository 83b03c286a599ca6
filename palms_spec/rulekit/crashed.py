"""The one finding that no rule yields: that a rule failed."""

from __future__ import annotations

from palms_spec.rulekit.index import RuleRecord

RULE_CRASHED = RuleRecord(
    name="rule-crashed",
    code="RUN001",
    family="RUN",
    module="",
    severity="error",
    confidence="high",
    stability="stable",
    since="0.1",
    subject="document",
    expected="Every rule can look at every document.",
    doc="""A rule failed on this document, and what it would have found is not known.

The run goes on with the other rules and documents, and ends with exit code 2. The message names the error.

## Why it matters

A defect of a rule is no verdict about your document. Please report it, with the text that brings it about if you may
share it; until it is mended, turn the rule off with `--ignore` or in `palms.toml`.""",
)
