"""What stands in the way of compiling: the errors that the linter found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.findings import Finding
from palms_spec.render.full import render_full
from palms_spec.render.terminal import Output
from palms_spec.render.view import View
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.workflows.lint import Linted


def write_errors(linted: Linted, out: Output) -> None:
    """Write the errors, in full, and that nothing was written."""
    outcome = linted.outcome

    def errors() -> Iterator[Finding]:
        return (one for one in outcome.stream() if one.severity == "error" or one.rule == RULE_CRASHED.name)

    render_full(replace(outcome, stream=errors, judged=None, _tally=None), out, View(linted.root))
    out.line("Nothing was compiled: errors come first. --no-lint compiles all the same, and the manifest says so.")
