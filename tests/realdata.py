"""The folder of real material that nobody of this project wrote; tests that read it are marked `realdata`."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "realdata"


def needs_real_data(test):
    """Mark a test, and skip it, saying so, where the folder is absent."""
    absent = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/realdata is not there")
    return pytest.mark.realdata(absent(test))
