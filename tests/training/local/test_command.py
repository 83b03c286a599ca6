"""The whole way on the command line, as a user goes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import palms
from tests.training.local.conftest import ROOT

pytestmark = pytest.mark.slow
SETTINGS = ("--epochs", "1", "--learning-rate", "3e-3", "--set", "evaluation-rows=8")


def test_compile_start_watch_result_verify(tmp_path, base):
    for name in ("specs", "datasets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "palms.toml").touch()
    asked = ("finetune", "start", "build/palms-2021/trl", "--model", str(base), *SETTINGS)
    assert palms("compile", "palms-2021", "--target", "trl", "--no-lint", cwd=tmp_path).returncode == 0
    begun = palms(*asked, "--output-format", "json", cwd=tmp_path)
    assert begun.returncode == 0, begun.stderr
    job = json.loads(begun.stdout)["job"]["id"]
    seen = palms("finetune", "watch", job, "--interval", "1", cwd=tmp_path)
    assert (seen.returncode, seen.stderr) == (0, "")
    assert "80 training rows: " in seen.stdout
    assert "step 10/10" in seen.stdout
    assert "Succeeded: " in seen.stdout
    assert json.loads(palms(*asked, "--output-format", "json", cwd=tmp_path).stdout)["how"] == "there"
    result = palms("finetune", "result", "--out", "kept", "--output-format", "json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)["job"]
    assert found["state"] == "succeeded"
    model = Path(found["result"])
    record = json.loads((tmp_path / "kept/training.json").read_text())
    assert record == json.loads((model / "training.json").read_text())
    assert record["data"]["training"]["evaluated_rows"] == 8
    verified = palms("verify", str(model), cwd=tmp_path)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout.endswith("trained on rows from 82 sources, made again byte for byte.\n")
    assert (tmp_path / ".palms/local/.gitignore").read_text() == "*\n"
