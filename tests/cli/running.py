"""The installed command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PALMS = Path(sys.executable).with_name("palms")
HEAVY = ("jsonschema", "numpy", "openai", "pydantic", "rensa", "rich", "spacy", "yaml")


def palms(*arguments: str | bytes, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `palms` in a folder, in an environment in which nothing decides about colour and width."""
    return subprocess.run(
        [PALMS, *arguments],
        cwd=cwd,
        env=clean_environment(**environment),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def clean_environment(**environment: str) -> dict[str, str]:
    """This process's environment without what changes the output, and with these variables."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PALMS_TRACEBACK", "PYTHONIOENCODING"}
    return {**{name: value for name, value in os.environ.items() if name not in dropped}, **environment}


def imported(*arguments: str, cwd: Path, **environment: str) -> set[str]:
    """The modules that a run of the command imports, by a statement or by name."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTING, *arguments],
        cwd=cwd,
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.partition(_MARK)[2].split())


_MARK = "-- modules --"
_LISTING = f"""
import sys
before = set(sys.modules)
from palms_spec.cli.main import main
main(sys.argv[1:])
print("{_MARK}", *set(sys.modules) - before, file=sys.stderr)
"""
