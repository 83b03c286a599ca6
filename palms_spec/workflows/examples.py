"""Run a rule on its own examples."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.engine.base_settings import OF_CHANGES
from palms_spec.engine.checking import run_check
from palms_spec.engine.inputs import Inputs, find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import Settings, load_settings
from palms_spec.findings import Finding
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.examples import Marked, TrainingFile, files_of, training_file
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.rule import Rule
from palms_spec.targets.plan import plan_for
from palms_spec.workflows.example_changes import compare_with
from palms_spec.workflows.example_fixes import fix_failures

NO_RULES = Rulebook(())
Side = str | Mapping[str, str | None]
NOTHING: Mapping[str, str | None] = {}


def findings_in_example(record: RuleRecord, side: Side, before: Side = NOTHING) -> tuple[list[Finding], Marked | None]:
    """What a rule finds in one side of an example, with all other rules off, and the place that is marked there. A rule
    about changes compares the side with the one `before`.

    A rule that fails gives the finding `rule-crashed`.
    """
    files, marked = files_of(side)
    with tempfile.TemporaryDirectory(prefix="palms-example-") as folder:
        if record.subject in OF_CHANGES:
            outcome = compare_with(Path(folder), files_of(before)[0], files, record)
            return list(outcome.stream()), marked
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        file = training_file(side)
        outcome = check_with(Path(folder), file, record) if file else lint_with(Path(folder), record)
        return [finding for finding in outcome.stream() if finding.rule in (record.name, RULE_CRASHED.name)], marked


def lint_with(root: Path, record: RuleRecord) -> Outcome:
    """Lint a project with one rule; for a rule about suppressions or the baseline with all others as well, for it is
    about what they find, and as the project's palms.toml says."""
    if record.subject in ("suppression", "baseline"):
        settings = load_settings(root)
        others = [one for one in settings.rulebook.records if one.name != record.name]
        settings = replace(settings, rulebook=Rulebook((*others, record), settings.rulebook.settings))
    else:
        settings = Settings(root, None, Rulebook((record,)), model_specs=_model_specs(root))
    inputs = find_inputs([root], model_specs=settings.model_specs)
    return run_lint(inputs, settings, Options(jobs=1, cache=False))


def _model_specs(root: Path) -> tuple[str, ...]:
    """Which files of an example are published texts, as its palms.toml says."""
    path = root / PROJECT_FILE
    if not path.is_file() or b"model-specs" not in path.read_bytes():
        return ()
    return load_settings(root, cache=False).model_specs


def check_with(root: Path, file: TrainingFile, record: RuleRecord) -> Outcome:
    """Check a training file with one rule, as a palms.toml beside it says."""
    plan = plan_for(file.target, method=file.method, shape=file.shape)
    return run_check(inputs_of(root, file), plan, check_settings(root, record), Options(jobs=1)).outcome


def inputs_of(root: Path, file: TrainingFile) -> Inputs:
    """The one file."""
    return Inputs(root, (file.path,), (file.path,), (file.path,))


def check_settings(root: Path, record: RuleRecord) -> Settings:
    """Settings with one rule, and what a palms.toml says of it."""
    settings = load_settings(root, cache=False) if (root / "palms.toml").is_file() else Settings(root, None, NO_RULES)
    return replace(settings, rulebook=Rulebook((record,), settings.rulebook.settings))


def failures(rule: Rule, record: RuleRecord) -> Iterator[str]:
    """What is not as a rule's examples say: a bad side without a finding or with one elsewhere, a good side or a near
    miss with a finding, a fix that does not make the good side of the bad one."""
    settings = Settings(Path(), None, Rulebook((record,)))
    for number, example in enumerate(rule.examples, 1):
        found, marked = findings_in_example(record, example.bad, example.good)
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
        yield from (f"example {number}: {failure}" for failure in fix_failures(example, settings, found))
        found, _ = findings_in_example(record, example.good, example.good)
        yield from (f"example {number}: on the good side: {finding.message}" for finding in found)
    for number, side in enumerate(rule.near_misses, 1):
        found, _ = findings_in_example(record, side)
        yield from (f"near miss {number}: {finding.message}" for finding in found)


def _stands_at(finding: Finding, marked: Marked) -> bool:
    span = finding.place.span
    # The quotes around a value stand before and behind what is marked in it.
    quotes = finding.excerpt[:1] in ("'", '"') and finding.excerpt[:1] == finding.excerpt[-1:]
    places = [(span.offset, span.end_offset), (span.offset + quotes, span.end_offset - quotes)]
    return finding.path == marked.path and (marked.start, marked.end) in places
