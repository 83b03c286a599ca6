"""Lint what a user names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import Settings
from palms_spec.engine.timing import Timing
from palms_spec.workflows.asked import Asked

if TYPE_CHECKING:
    from palms_spec.engine.fixing import Fixing  # it stands on the models, which a warm run does without


@dataclass(frozen=True, slots=True)
class Linted:
    """What a run came to. Paths in it are relative to `root`; `stand_ins` were read in place of the files they are
    named by."""

    outcome: Outcome
    root: Path
    stand_ins: Mapping[str, str] = field(default_factory=dict)


def lint_paths(
    asked: Asked,
    *,
    jobs: int = 0,
    cache: bool = True,
    progress: Callable[[float], None] | None = None,
    timing: Timing | None = None,
    fixes: Literal["", "safe", "unsafe"] = "",
    preview: Callable[[Fixing, Path], None] | None = None,
) -> Linted:
    """Lint the project in which the paths stand, or the current folder, for findings in these paths.

    With `fixes`, safe ones or unsafe ones as well, what can be fixed is fixed first, in these paths only. With
    `preview` no file is changed: it is told what would be, and what was found stays.

    Raises UsageError for paths that do not exist, ConfigurationError for a configuration that is wrong.
    """
    options = Options(jobs=jobs, cache=cache, progress=progress, timing=timing)
    with options.phase("settings and files"):
        settings = asked.settings()
        inputs = asked.inputs(settings)
    if fixes:
        return Linted(_fixed(inputs, settings, options, fixes == "unsafe", preview), inputs.root)
    return Linted(run_lint(inputs, settings, options), inputs.root, inputs.stand_ins)


def _fixed(
    inputs: Inputs,
    settings: Settings,
    options: Options,
    unsafe: bool,
    preview: Callable[[Fixing, Path], None] | None,
) -> Outcome:
    """What is left after fixing; or, where that is only previewed, what was found."""
    from palms_spec.engine.fixing import fixing

    with fixing(inputs, settings, options, unsafe=unsafe) as done:
        if preview is not None:
            preview(done, inputs.root)
            return done.before
        repairs = done.write(inputs.root)
    outcome = done.after if set(repairs.files) == set(done.copies) else run_lint(inputs, settings, options)
    outcome.repairs = repairs
    return outcome
