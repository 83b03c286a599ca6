"""The last lines of a run: what it came to, in how much, and what it could not look at."""

from __future__ import annotations

from collections.abc import Callable

from palms_spec.engine.outcome import Outcome, Scope, Tally
from palms_spec.engine.repairs import Repairs
from palms_spec.errors import EXIT_CLEAN, EXIT_ERROR
from palms_spec.findings import SEVERITIES
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part


def write_closing(outcome: Outcome, out: Output, name: Callable[[str], str] = visible) -> None:
    """Sum up a run. `name` says how paths are shown."""
    for rule, reason in outcome.not_evaluated:
        out.line(("not evaluated", "warning"), f": {visible(rule)}: {visible(reason)}")
    if outcome.exit_code == EXIT_ERROR:
        out.line(("incomplete", "error"), ": a rule failed, so not all is known; see rule-crashed above")
    if outcome.repairs is not None:
        write_repairs(outcome.repairs, out, name)
    out.line(*verdict(outcome))
    if fixable := _fixable(outcome):
        out.line(fixable)


def write_repairs(repairs: Repairs, out: Output, name: Callable[[str], str], done: str = "Fixed") -> None:
    """Say what was fixed and what was not."""
    for left in repairs.left_alone:
        where = f"{name(left.path)}:{left.line}: {left.rule}" if left.line else name(left.path)
        out.line(("not fixed", "warning"), f": {visible(f'{where}: {left.reason}')}")
    if repairs.more:
        out.line(("not fixed", "warning"), f": {repairs.more:,} more, for the same reason")
    if repairs.total:
        out.line((done, "good"), f" {counted(repairs.total, 'finding')} in {counted(len(repairs.files), 'file')}.")


def _fixable(outcome: Outcome) -> str:
    """How many findings could be fixed, and how."""
    if outcome.scope.noun == "row":
        return _correctable(outcome)
    safe, unsafe = outcome.tally.fixes["safe"], outcome.tally.fixes["unsafe"]
    if outcome.repairs is not None:
        safe = 0
    parts = [f"{safe:,} with --fix"] if safe else []
    if unsafe:
        parts.append(f"{unsafe:,} {'more ' if safe else ''}with --fix --unsafe-fixes")
    return f"Fixable: {', '.join(parts)}." if parts else ""


def _correctable(outcome: Outcome) -> str:
    """How many findings in a training file can be corrected in a copy, and how."""
    errors = outcome.tally.correctable["error"] if outcome.repairs is None else 0
    lesser = outcome.tally.fixes["safe"] - outcome.tally.correctable["error"]
    parts = [f"{errors:,} with --fix"] if errors else []
    if lesser:
        parts.append(f"{lesser:,} {'more ' if errors else ''}with --fix --advisable")
    return f"Can be corrected in a copy: {', '.join(parts)}." if parts else ""


def verdict(outcome: Outcome) -> list[Part]:
    """What a run came to, in one line."""
    tally, scope = outcome.tally, _scope(outcome.scope)
    within = "; ".join(part for part in (f": {scope}" if scope else "", _accepted(tally)) if part) + "."
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


def _accepted(tally: Tally) -> str:
    """How many findings are accepted, and by what."""
    parts = [f"{tally.suppressed:,} suppressed"] if tally.suppressed else []
    if tally.baselined:
        parts.append(f"{tally.baselined:,} in the baseline")
    return ", ".join(parts)


def _scope(scope: Scope) -> str:
    """How much was looked at, in words; "" where it was nothing."""
    parts = []
    if scope.datasets:
        parts.append(f"{counted(scope.samples, 'sample')} in {counted(scope.datasets, 'dataset')}")
    elif scope.samples:
        parts.append(counted(scope.samples, scope.noun))
    if scope.documents:
        parts.append(counted(scope.documents, "document"))
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """ "1 sample", "1,600 samples"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
