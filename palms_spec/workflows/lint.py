"""Lint what a user names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from palms_spec.engine.inputs import find_inputs, starting_folder
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import load_settings
from palms_spec.findings import Severity


@dataclass(frozen=True, slots=True)
class Linted:
    """What a run came to. Paths in it are relative to `root`."""

    outcome: Outcome
    root: Path


def lint_paths(
    paths: Sequence[Path] = (),
    *,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: Severity | None = None,
    isolated: bool = False,
    pairs: Iterable[str] = (),
    jobs: int = 0,
    cache: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Linted:
    """Lint the project in which the paths stand, or the current folder, for findings in these paths.

    Raises UsageError for paths that do not exist, ConfigurationError for a configuration that is wrong.
    """
    settings = load_settings(
        starting_folder(paths),
        isolated=isolated,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        fail_on=fail_on,
        pairs=pairs,
    )
    inputs = find_inputs(paths, exclude=settings.exclude)
    return Linted(run_lint(inputs, settings, Options(jobs=jobs, cache=cache, progress=progress)), inputs.root)
