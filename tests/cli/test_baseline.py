"""`palms baseline` as a user runs it."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import palms
from tests.projects import write_files, write_project

FAULTY = "datasets/example/samples/faulty.md"
TEXT = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Why does my throat hurt?\n\nNobody can tell from here.\n\nHuman: and then?\n"
)
FILE = "palms-baseline.json"
ONLY = ("--config", "lint.select=['role-marker', 'SUP']")


@pytest.fixture
def faulty(tmp_path):
    return write_project(tmp_path, {FAULTY: TEXT})


def test_an_old_dataset_is_taken_on(faulty, snapshot):
    said = [palms("baseline", "write", *ONLY, cwd=faulty)]
    said.append(palms("lint", *ONLY, "--baseline", FILE, cwd=faulty))
    said.append(palms("baseline", "show", *ONLY, cwd=faulty))
    (faulty / FAULTY).write_text(TEXT.replace("Human:", "Person:"))
    said.append(palms("lint", *ONLY, "--baseline", FILE, cwd=faulty))
    said.append(palms("baseline", "show", *ONLY, cwd=faulty))
    said += [palms("baseline", "prune", *ONLY, cwd=faulty), palms("baseline", "prune", *ONLY, cwd=faulty)]
    assert [done.returncode for done in said] == [0, 0, 0, 1, 0, 0, 0]
    assert "".join(done.stdout for done in said) == snapshot
    assert (faulty / FILE).read_text() == '{\n  "version": 1,\n  "findings": []\n}\n'


def test_the_file_is_fit_to_be_committed(faulty, snapshot):
    palms("baseline", "write", *ONLY, cwd=faulty)
    assert (faulty / FILE).read_text() == snapshot


def test_a_baseline_that_is_named_in_the_configuration(faulty):
    write_files(faulty, {"palms.toml": "lint.select = ['role-marker', 'SUP']\nlint.baseline = 'accepted.json'\n"})
    done = palms("lint", cwd=faulty)
    assert done.returncode == 2
    assert "accepted.json: the baseline cannot be read: no such file" in done.stderr
    done = palms("baseline", "write", cwd=faulty / "datasets")
    assert done.stdout == "Wrote ../accepted.json: 1 finding accepted, 0 before.\n"
    assert palms("lint", cwd=faulty).returncode == 0
    shown = json.loads(palms("baseline", "show", "--output-format", "json", cwd=faulty).stdout)
    assert [(entry["rule"], entry["count"], entry["found"]) for entry in shown["entries"]] == [("role-marker", 1, 1)]


def test_nothing_to_show_is_an_error_that_says_what_to_do(faulty):
    for action in ("show", "prune"):
        done = palms("baseline", action, cwd=faulty)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "error: palms-baseline.json: the baseline cannot be read: no such file\n"
            "hint: `palms baseline write` writes it\n"
        )


def test_another_action_is_none(faulty):
    done = palms("baseline", "prun", cwd=faulty)
    assert done.returncode == 2
    assert "prun is not one of write, prune, show; did you mean prune?" in done.stderr
