"""What is not imported costs nothing: the budgets of the start-up, as facts that need no clock."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.running import clean_environment, palms
from tests.projects import write_project

HEAVY = ("jsonschema", "numpy", "openai", "pydantic", "rensa", "rich", "spacy", "yaml")


def imported(*arguments: str, cwd) -> set[str]:
    """The modules that a run of the command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "palms_spec", *arguments],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.fixture
def warm(tmp_path):
    write_project(tmp_path)
    palms("lint", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("lint", "--help"),
        ("rule",),
        ("rule", "role-marker"),
        ("lint",),
        ("lint", "datasets"),
    ],
    ids=" ".join,
)
def test_what_is_heavy_is_not_imported(warm, arguments):
    modules = imported(*arguments, cwd=warm)
    assert "palms_spec.cli.main" in modules
    assert modules.isdisjoint(HEAVY)
    assert not [name for name in modules if name.startswith("palms_spec.rules.")]


def test_a_cold_run_imports_no_extra(tmp_path):
    write_project(tmp_path)
    modules = imported("lint", cwd=tmp_path)
    assert "pydantic" in modules
    assert modules.isdisjoint({"jsonschema", "numpy", "openai", "rich", "spacy"})
