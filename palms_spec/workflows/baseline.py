"""Write, prune and show the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from palms_spec.engine.baseline import FILE_NAME, Standing, baseline_text, entries_of, read_baseline
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import Settings
from palms_spec.errors import PalmsError
from palms_spec.findings import BaselineEntry
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.sources.atomic import write_atomically
from palms_spec.workflows.asked import Asked

Progress = Callable[[float], None] | None


@dataclass(frozen=True, slots=True)
class Written:
    """A baseline that was written. `findings` is how many it accepts, `before` how many it did before; `is_named`:
    palms.toml or the command line names it."""

    path: Path
    findings: int
    before: int
    is_named: bool


def write_baseline(asked: Asked, *, cache: bool = True, progress: Progress = None) -> Written:
    """Accept all findings in the paths that were asked for; entries about other files, and of rules that are off, stay.

    What is suppressed needs no entry. Raises PalmsError where a rule failed, for then not all findings are known.
    """
    settings, inputs = _project(asked)
    path = settings.baseline or settings.root / FILE_NAME
    old = read_baseline(path) if path.exists() else ()
    off = {record.name for record in settings.known} - {record.name for record in settings.rulebook.records}
    kept = [entry for entry in old if entry.rule in off or not inputs.shows(entry.path)]
    outcome = _run(inputs, replace(settings, baseline=None), cache=cache, progress=progress)
    entries = _joined([*kept, *entries_of(outcome.stream())])
    _write(path, entries)
    return Written(path, _total(entries), _total(old), settings.baseline is not None)


def prune_baseline(asked: Asked, *, cache: bool = True, progress: Progress = None) -> Written:
    """Take out what the baseline accepts and is no longer found, as far as it was asked for."""
    settings, inputs = _project(asked)
    path = settings.baseline or settings.root / FILE_NAME
    old = read_baseline(path)
    outcome = _run(inputs, replace(settings, baseline=path), cache=cache, progress=progress)
    stale = {entry: found for entry, found in outcome.stale if inputs.shows(entry.path)}
    kept = [replace(entry, count=stale.get(entry, entry.count)) for entry in old if stale.get(entry, entry.count)]
    if stale:
        _write(path, kept)
    return Written(path, _total(kept), _total(old), settings.baseline is not None)


def baseline_entries(asked: Asked, *, cache: bool = True, progress: Progress = None) -> list[Standing]:
    """The entries of the baseline in the paths that were asked for."""
    settings, inputs = _project(asked)
    path = settings.baseline or settings.root / FILE_NAME
    entries = read_baseline(path)
    outcome = _run(inputs, replace(settings, baseline=path), cache=cache, progress=progress)
    stale = dict(outcome.stale)
    return [Standing(entry, stale.get(entry, entry.count)) for entry in entries if inputs.shows(entry.path)]


def _project(asked: Asked) -> tuple[Settings, Inputs]:
    settings = asked.settings()
    return settings, asked.inputs(settings)


def _run(inputs: Inputs, settings: Settings, *, cache: bool, progress: Progress) -> Outcome:
    outcome = run_lint(inputs, settings, Options(cache=cache, progress=progress))
    if any(finding.rule == RULE_CRASHED.name for finding in outcome.stream()):
        raise PalmsError(
            "a rule failed, so not all findings are known", hint="`palms lint` says which; nothing was written"
        )
    return outcome


def _joined(entries: list[BaselineEntry]) -> list[BaselineEntry]:
    """Entries of one fingerprint made one: the same finding can stand in two files whose documents share an id."""
    found: dict[str, BaselineEntry] = {}
    for entry in entries:
        same = found.get(entry.fingerprint)
        found[entry.fingerprint] = entry if same is None else replace(same, count=same.count + entry.count)
    return list(found.values())


def _total(entries: Iterable[BaselineEntry]) -> int:
    return sum(entry.count for entry in entries)


def _write(path: Path, entries: list[BaselineEntry]) -> None:
    write_atomically(path, baseline_text(entries).encode("ascii"))
