"""What a runner of GitHub Actions does with the steps of a composite action: expressions, files of outputs, and bash."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from palms_spec.rulekit.staleness import CHECKOUT
from tests.cli.running import PALMS, clean_environment

ACTION = CHECKOUT / "action.yml"
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


@dataclass
class Run:
    """What became of a run: its exit code, its log, its outputs, and the summary of the job."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    steps: dict[str, dict[str, str]] = field(default_factory=dict)


def run_action(
    checkout: Path, temp: Path, *, inputs: Mapping[str, str], environment: Mapping[str, str], token: str
) -> Run:
    """Run all steps in a checkout. Only a step that ran well is followed by another."""
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    temp.mkdir(parents=True, exist_ok=True)
    summary, path = temp / "summary.md", temp / "path"
    path.write_text("")
    contexts: dict[str, Any] = {"github.token": token, "github.action_path": str(CHECKOUT)}
    for name, told in action["inputs"].items():
        contexts[f"inputs.{name}"] = inputs.get(name, _evaluated(str(told["default"]), contexts))
    unknown = set(inputs) - set(action["inputs"])
    assert not unknown, f"no inputs: {unknown}"
    log, code, steps = "", 0, {}
    for number, step in enumerate(action["runs"]["steps"]):
        output = temp / f"output-{number}"
        output.write_text("")
        own = {name: _evaluated(value, contexts) for name, value in step.get("env", {}).items()}
        script = temp / f"step-{number}.sh"
        assert "${{" not in step["run"], "what others write is handed over in variables"
        script.write_text(step["run"])
        added = os.pathsep.join(filter(None, path.read_text().splitlines()))
        base = {name: value for name, value in clean_environment().items() if not name.startswith(("GITHUB_", "GIT_"))}
        found = f"{added}{os.pathsep}" if added else ""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=checkout,
            env={
                **base,
                "PATH": f"{found}{PALMS.parent}{os.pathsep}{base['PATH']}",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(checkout),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_PATH": str(path),
                "GITHUB_STEP_SUMMARY": str(summary),
                "RUNNER_TEMP": str(temp),
                **environment,
                **own,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        log += done.stdout
        given = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        if "id" in step:
            steps[step["id"]] = given
            contexts.update({f"steps.{step['id']}.outputs.{name}": value for name, value in given.items()})
        if done.returncode:
            code = done.returncode
            break
    outputs = {name: _evaluated(told["value"], contexts) for name, told in action["outputs"].items()}
    return Run(code, log, outputs, summary.read_text("utf-8") if summary.exists() else "", steps)


def _evaluated(text: str, contexts: Mapping[str, str]) -> str:
    """A text with the values of its expressions; what is not there is the empty text."""
    return _EXPRESSION.sub(lambda match: contexts.get(match[1], ""), text)
