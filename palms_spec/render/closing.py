"""The last lines of a run: what it came to, in how much, and what it could not look at."""

from __future__ import annotations

from palms_spec.engine.outcome import Outcome, Scope
from palms_spec.errors import EXIT_CLEAN, EXIT_ERROR
from palms_spec.findings import SEVERITIES
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part


def write_closing(outcome: Outcome, out: Output) -> None:
    """Sum up a run."""
    for rule, reason in outcome.not_evaluated:
        out.line(("not evaluated", "warning"), f": {visible(rule)}: {visible(reason)}")
    if outcome.exit_code == EXIT_ERROR:
        out.line(("incomplete", "error"), ": a rule failed, so not all is known; see rule-crashed above")
    out.line(*verdict(outcome))


def verdict(outcome: Outcome) -> list[Part]:
    """What a run came to, in one line."""
    tally, scope = outcome.tally, _scope(outcome.scope)
    within = f": {scope}." if scope else "."
    if tally.total:
        counts = ", ".join(
            counted(tally.severities[severity], severity)
            for severity in reversed(SEVERITIES)
            if tally.severities[severity]
        )
        if outcome.exit_code == EXIT_CLEAN:
            return [("Passed", "good"), f" with {counts}{within}"]
        return [("Found", "error"), f" {counts}{within}"]
    if outcome.not_evaluated:
        unknown = counted(len(outcome.not_evaluated), "rule")
        return [("Nothing found", "warning"), f", but {unknown} could not be evaluated{within}"]
    if not scope:
        return ["Nothing to check: no documents and no samples here."]
    return [("All checks passed", "good"), within]


def _scope(scope: Scope) -> str:
    """How much was looked at, in words; "" where it was nothing."""
    parts = []
    if scope.datasets:
        parts.append(f"{counted(scope.samples, 'sample')} in {counted(scope.datasets, 'dataset')}")
    elif scope.samples:
        parts.append(counted(scope.samples, "sample"))
    if scope.documents:
        parts.append(counted(scope.documents, "document"))
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """ "1 sample", "1,600 samples"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
