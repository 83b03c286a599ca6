"""The hooks as data: what pre-commit and our own commands say to them."""

from __future__ import annotations

import re
import shlex

import pytest
from pre_commit.clientlib import load_config, load_manifest  # type: ignore[import-untyped]  # ships no types

from palms_spec.cli.main import command
from palms_spec.workflows.hooks import DOCUMENTS, FIX, HOOKS, LINT_PROJECT, LINTED, local_hooks, manifest


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.id)
def test_a_hook_calls_a_command_with_options_that_it_has(hook):
    program, name, *options = shlex.split(hook.entry)
    assert program == "palms"
    known = {word for param in command().commands[name].params for word in param.opts}
    assert set(options) <= known
    assert ("--force-exclude" in options) == hook.passes_files, "who names files means those that are not excluded"


def test_pre_commit_takes_the_manifest(tmp_path):
    path = tmp_path / ".pre-commit-hooks.yaml"
    path.write_text(manifest(), "utf-8")
    hooks = load_manifest(path)
    assert [hook["id"] for hook in hooks] == [hook.id for hook in HOOKS]
    assert {(hook["language"], hook["require_serial"]) for hook in hooks} == {("python", True)}
    whole = next(hook for hook in hooks if hook["id"] == LINT_PROJECT.id)
    assert (whole["pass_filenames"], whole["always_run"], whole["args"]) == (False, True, [])
    assert all(hook["args"] == ["--"] for hook in hooks if hook is not whole)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.id)
def test_pre_commit_takes_the_configuration_of_a_project(tmp_path, hook):
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(local_hooks(hook), "utf-8")
    (repo,) = load_config(path)["repos"]
    (found,) = repo["hooks"]
    assert (repo["repo"], found["entry"]) == ("local", hook.entry)
    assert found["language"] in ("system", "unsupported"), "newer releases read the one as the other"


def test_a_new_project_gets_the_hook_that_fixes():
    assert f"id: {FIX.id}\n" in local_hooks()


@pytest.mark.parametrize(
    ("name", "linted", "document"),
    [
        ("a.yaml", True, True),
        ("specs/b c/spec.yml", True, True),
        ("rows.json", True, True),
        ("rows.jsonl", True, True),
        ("rows.jsonl.gz", True, True),
        ("-answer.md", True, True),
        ("palms.toml", True, False),
        ("sub/palms.toml", True, False),
        ("not-palms.toml", False, False),
        ("pyproject.toml", False, False),
        ("archive.gz", False, False),
        ("code.py", False, False),
        ("a.yaml.bak", False, False),
    ],
)
def test_files_that_are_passed(name, linted, document):
    assert bool(re.search(LINTED, name)) == linted
    assert bool(re.search(DOCUMENTS, name)) == document
