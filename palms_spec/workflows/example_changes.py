"""Run a rule about changes on its own examples: from the good side to the bad one it finds something."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from palms_spec.engine.outcome import Outcome
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.settings import Settings
from palms_spec.rulekit.index import RuleRecord
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_sides import find_sides


def compare_with(folder: Path, base: Mapping[str, str], head: Mapping[str, str], record: RuleRecord) -> Outcome:
    """Compare two versions of a project with one rule; their files are written below a folder."""
    for side, files in (("base", base), ("head", head)):
        for name, text in files.items():
            path = folder / side / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
    root = folder / "head"
    settings = Settings(root, None, Rulebook((record,)), known=(record,))
    sides = find_sides(str(folder / "base"), str(root), settings, root)
    return diff(sides, settings, cache=False).outcome
