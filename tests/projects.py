"""Projects for tests: files in a folder, and what linting them finds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import load_settings
from palms_spec.rulekit.examples import BASE


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Write files below a root; None leaves one out."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return root


def write_project(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The small project of the rules' examples, with files over it."""
    return write_files(root, {**BASE, **(files or {})})


def lint(*paths: Path, **given) -> Outcome:
    """Lint paths. Options of the run (`jobs`, `cache`, `gated`, ...) and of the settings (`select`, `ignore`, ...)."""
    options = {name: given.pop(name) for name in list(given) if name in Options.__dataclass_fields__}
    settings = load_settings(paths[0] if paths[0].is_dir() else paths[0].parent, **given)
    inputs = find_inputs(list(paths), exclude=settings.exclude, model_specs=settings.model_specs)
    return run_lint(inputs, settings, Options(**{"cache": False, "jobs": 1, **options}))


def found(outcome: Outcome, *, notes: bool = False) -> list[tuple[str, str, str]]:
    """Rule, path and message of every finding; notes only when asked for, since the small project is not complete."""
    return [(one.rule, one.path, one.message) for one in outcome.stream() if notes or one.severity != "note"]


def rules(outcome: Outcome) -> list[str]:
    """The rules of all findings that are more than notes."""
    return [rule for rule, _, _ in found(outcome)]
