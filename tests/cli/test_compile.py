from __future__ import annotations

import json
import subprocess

import pytest

from tests.cli.running import palms
from tests.projects import write_files
from tests.training.datasets import pairs, write_dataset

DAY = ("--today", "2026-11-25")


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("name", [(), ("bedrock-nova",)], ids=["all", "one"])
def test_targets(tmp_path, form, name, snapshot):
    done = palms("targets", *name, *DAY, "--output-format", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["version"] == 1 if form == "json" else done.stdout == snapshot


def test_what_compile_says(tmp_path, snapshot):
    write_dataset(tmp_path, pairs(40))
    done = palms(
        *("compile", "small", "--target", "openai", "--target", "bedrock-llama", "--no-lint", *DAY), cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot
    manifest = json.loads((tmp_path / "build/small/openai/manifest.json").read_text())
    assert manifest["lint"] == {"run": False, "reason": "--no-lint"}
    assert manifest["git"] is None


def test_errors_stop_it(tmp_path):
    write_dataset(tmp_path, [*pairs(12), {"prompt": "no completion"}])
    done = palms("compile", "small", "--target", "openai", cwd=tmp_path)
    assert done.returncode == 1
    assert "schema-violation" in done.stderr
    assert not (tmp_path / "build").exists()


def test_verify_against_a_revision(tmp_path):
    write_dataset(tmp_path, pairs(12))
    write_files(tmp_path, {".gitignore": "build\n"})
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    assert palms("compile", "small", "--target", "trl", "--no-lint", cwd=tmp_path).returncode == 0
    manifest = json.loads((tmp_path / "build/small/trl/manifest.json").read_text())
    assert manifest["git"]["dirty"] is False
    write_dataset(tmp_path, pairs(13))
    here = palms("verify", "build/small/trl", cwd=tmp_path)
    assert (here.returncode, here.stdout.split(":")[0]) == (1, "source data/samples/rows.jsonl")
    there = palms("verify", "build/small/trl", "--at", "HEAD", cwd=tmp_path)
    assert (there.returncode, there.stdout[:9]) == (0, "Verified:")
    assert palms("verify", "build/small/trl", "--at", "nowhere", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("words", [("--target", "opnai"), ("--method", "dpo", "--target", "vertex"), ()])
def test_what_cannot_be_served_is_said(tmp_path, words):
    write_dataset(tmp_path, pairs(12))
    done = palms("compile", "small", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "hint: " in done.stderr
