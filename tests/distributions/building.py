"""The example distribution, built and installed as a user does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ACME = Path(__file__).parent / "acme_rules"


def install(source: Path, target: Path) -> Path:
    """Build a distribution with its own build system and install it into a folder; nothing is downloaded."""
    copy = target.with_name(target.name + "-source")
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run(
        [*pip, "--no-build-isolation", "--no-deps", "--no-index", "--target", str(target), str(copy)], check=True
    )
    return target
