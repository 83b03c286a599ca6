"""The template for GitLab CI, run as its runner runs a job's script."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
import yaml

from palms_spec.rulekit.examples import SPEC_PATH
from palms_spec.rulekit.staleness import CHECKOUT
from tests.cli.running import PALMS, clean_environment
from tests.scratch import EVE, OWNED, REVERSED, Scratch, new_scratch

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
TEMPLATE = CHECKOUT / "gitlab/palms.yml"
JOB = yaml.safe_load(TEMPLATE.read_text("utf-8"))["palms"]


def run(scratch: Scratch, **variables: str) -> tuple[int, str]:
    """Run the script of the job in a checkout; its exit code, and what it prints."""
    variables = {**JOB["variables"], "PALMS_INSTALL": "false", "CI_PROJECT_DIR": str(scratch.root), **variables}
    environment = {
        name: value for name, value in clean_environment().items() if not name.startswith(("GITHUB_", "CI_"))
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(JOB["script"])],
        cwd=scratch.root,
        env={**environment, **variables, "PATH": f"{PALMS.parent}{os.pathsep}{environment['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def test_a_merge_request_is_linted_and_compared(tmp_path):
    scratch = new_scratch(tmp_path)
    head = scratch.commit({SPEC_PATH: REVERSED}, by=EVE)
    base = scratch.git("rev-parse", "main").strip()
    code, log = run(scratch, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, CI_COMMIT_SHA=head)
    assert code == 1
    assert "position-reversed health.no-diagnosis" in log
    assert (tmp_path / "palms-diff.md").read_text("utf-8").startswith("**palms diff:** 1 change")
    assert json.loads((tmp_path / "palms-quality.json").read_text("utf-8")) is not None


def test_a_branch_is_linted_alone(tmp_path):
    scratch = new_scratch(tmp_path)
    head = scratch.commit({SPEC_PATH: OWNED}, by=EVE)
    code, log = run(scratch, CI_COMMIT_SHA=head)
    assert (code, (tmp_path / "palms-diff.md").exists()) == (0, False), log


def test_what_the_job_keeps_is_what_its_script_writes():
    script = "\n".join(JOB["script"])
    kept = [*JOB["artifacts"]["paths"], JOB["artifacts"]["reports"]["codequality"]]
    assert [name for name in kept if f"$CI_PROJECT_DIR/{name}" not in script] == []
