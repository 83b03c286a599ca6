"""Run a rule on its own examples."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import Settings
from palms_spec.findings import Finding
from palms_spec.rulekit.examples import Marked, files_of
from palms_spec.rulekit.index import RuleRecord, record_of
from palms_spec.rulekit.rule import Rule

Side = str | Mapping[str, str | None]


def findings_in_example(rule: Rule, module: str, side: Side) -> tuple[list[Finding], Marked | None]:
    """What a rule finds in one side of an example, with all other rules off, and the place that is marked there.

    A rule that fails gives the finding `rule-crashed`.
    """
    files, marked = files_of(side)
    with tempfile.TemporaryDirectory(prefix="palms-example-") as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        outcome = lint_with(Path(folder), record_of(rule, module))
        return list(outcome.stream()), marked


def lint_with(root: Path, record: RuleRecord) -> Outcome:
    """Lint a project with one rule."""
    settings = Settings(root, None, Rulebook((record,)))
    return run_lint(find_inputs([root]), settings, Options(jobs=1, cache=False))


def failures(rule: Rule, module: str) -> Iterator[str]:
    """What is not as a rule's examples say: a bad side without a finding or with one elsewhere, a good side or a near
    miss
    with a finding."""
    for number, example in enumerate(rule.examples, 1):
        found, marked = findings_in_example(rule, module, example.bad)
        if not any(finding.rule == rule.name for finding in found):
            yield f"example {number}: nothing is found on the bad side"
        elif marked is not None and not any(_stands_at(finding, marked) for finding in found):
            places = [
                f"{finding.path}:{finding.place.span.line}:{finding.place.span.column} {finding.excerpt!r}"
                for finding in found
            ]
            yield f"example {number}: found at {'; '.join(places)}, not at the mark in {marked.path}"
        yield from (
            f"example {number}: the bad side makes the rule fail: {finding.message}"
            for finding in found
            if finding.rule != rule.name
        )
        found, _ = findings_in_example(rule, module, example.good)
        yield from (f"example {number}: on the good side: {finding.message}" for finding in found)
    for number, side in enumerate(rule.near_misses, 1):
        found, _ = findings_in_example(rule, module, side)
        yield from (f"near miss {number}: {finding.message}" for finding in found)


def _stands_at(finding: Finding, marked: Marked) -> bool:
    span = finding.place.span
    return finding.path == marked.path and (span.offset, span.end_offset) == (marked.start, marked.end)
