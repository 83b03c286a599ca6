"""Training files for tests, and what checking them finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from palms_spec.engine.checking import Checked, run_check
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import Options
from palms_spec.engine.settings import load_settings
from palms_spec.targets.plan import Plan, plan_for
from palms_spec.targets.profile import Method
from palms_spec.targets.registry import TARGETS, profile
from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.shapes.emitter import emitter
from palms_spec.training.unfit import Unfit

EVERY_PLAN = [
    plan_for(name, method=method, shape=shape)
    for name in TARGETS
    for method in profile(name).methods
    for shape in profile(name).shapes(method)
]
NEAR = "near-duplicate-sample"


def plan_id(plan: Plan) -> str:
    """A plan in a test's id."""
    return f"{plan.folder}.{plan.shape}"


def clean_row(plan: Plan, number: int, *, turns: int = 1, system: str = "") -> dict[str, Any]:
    """A row as palms writes it. No two numbers give the same words."""
    said = [{"role": "system", "content": system}] if system else []
    for turn in range(turns):
        said += [
            {"role": "user", "content": f"Question {number} of round {turn}, is it so?"},
            {"role": "assistant", "content": f"Answer {number} of round {turn}: nobody knows."},
        ]
    rejected = [*said[:-1], {"role": "assistant", "content": f"No {number}."}] if plan.method == "dpo" else []
    row = emitter(plan.shape)(Record("", "", said, rejected), Dialect.of(plan.profile, plan.method))
    assert not isinstance(row, Unfit), row
    return row


def clean_rows(plan: Plan, count: int = 0) -> list[dict[str, Any]]:
    """As many as the target asks for, or more."""
    least = plan.limits.rows_min.value if plan.limits.rows_min else 1
    return [clean_row(plan, number) for number in range(max(count, least))]


def written(path: Path, rows: list[Any]) -> Path:
    """A file of these rows; bytes stand for themselves."""
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def checked(
    path: Path, plan: Plan | str, *, method: Method = "sft", ignore: tuple[str, ...] = (NEAR,), **options
) -> Checked:
    """Check a file. Near-duplicates are left out, unless they are asked for: rows of tests are much alike."""
    chosen = plan_for(plan, method=method) if isinstance(plan, str) else plan
    settings = load_settings(path.parent, select=("ALL",), ignore=ignore, cache=False)
    inputs = Inputs(path.parent, (path.name,), (path.name,), (path.name,))
    return run_check(inputs, chosen, settings, Options(**{"jobs": 1, **options}))


def rules_found(done: Checked) -> set[str]:
    """The names of the rules that found something."""
    return {finding.rule for finding in done.outcome.stream()}
