"""Check a training file, whoever wrote it, for a target, and write a corrected copy if that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from palms_spec.documents.discovery import find_root
from palms_spec.engine.checking import Checked, rulebook_for, run_check
from palms_spec.engine.ignores import relative
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.rulebook import ALL
from palms_spec.engine.settings import Settings
from palms_spec.engine.timing import Timing
from palms_spec.errors import UsageError
from palms_spec.sources.unchanged import State, file_state
from palms_spec.targets.plan import Plan
from palms_spec.workflows.asked import Asked

if TYPE_CHECKING:
    from palms_spec.workflows.corrected_copy import Corrected

Fixes = Literal["", "necessary", "advisable"]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What came of a file. Paths in the outcome are relative to `root`. Where a copy was corrected, the outcome is what
    is left in the copy."""

    outcome: Outcome
    root: Path
    corrected: Corrected | None = None


def check_file(
    path: Path,
    plan: Plan,
    asked: Asked,
    *,
    fixes: Fixes = "",
    jobs: int = 0,
    progress: Callable[[float], None] | None = None,
    timing: Timing | None = None,
) -> CheckedFile:
    """Check a file for the target of a plan.

    All rules about rows are on, whatever `lint.select` and `lint.ignore` say, which are about documents; what is asked
    here counts, and severities, settings and accepted findings of palms.toml do. With `fixes` a corrected copy and the
    list of changes are written beside the file: the necessary ones, or the advisable ones as well.

    Raises UsageError, ConfigurationError and, where the disk fails, OSError.
    """
    options = Options(jobs=jobs, cache=False, progress=progress, timing=timing)
    settings, root = _opened(path, asked)
    state = file_state(path)
    checked = run_check(_inputs(path, root), plan, settings, options)
    if not fixes:
        return CheckedFile(checked.outcome, root)
    corrected = _corrected(path, root, plan, settings, checked, state, fixes)
    if not corrected.total(made=True):
        return CheckedFile(checked.outcome, root, corrected)
    after = run_check(_inputs(corrected.copy, root), plan, settings, replace(options, progress=None))
    after.outcome.repairs = corrected.repairs(relative(corrected.copy.absolute(), root))
    return CheckedFile(after.outcome, root, corrected)


def _corrected(
    path: Path, root: Path, plan: Plan, settings: Settings, checked: Checked, state: State, fixes: Fixes
) -> Corrected:
    from palms_spec.engine.row_mapping import CheckPlan, RowMapper
    from palms_spec.workflows.corrected_copy import corrected_copy

    mapper, name = RowMapper(CheckPlan(rulebook_for(plan, settings), plan)), relative(path.absolute(), root)
    advisable = fixes == "advisable"
    return corrected_copy(path, name, plan, mapper, settings, checked.repeated, advisable=advisable, state=state)


def _opened(path: Path, asked: Asked) -> tuple[Settings, Path]:
    if not path.exists():
        raise UsageError(f"no such file: {path}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name one training file; `palms lint` looks at folders")
    asked = replace(asked, paths=(path,), select=asked.select or (ALL,))
    return asked.settings(), find_root(asked.start) or Path.cwd()


def _inputs(path: Path, root: Path) -> Inputs:
    name = relative(path.absolute(), root)
    return Inputs(root, (name,), (name,), (name,))
