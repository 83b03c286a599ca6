"""`palms fmt`, as a user runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.sources.unchanged import CHANGED
from palms_spec.workflows.fmt import formatting
from tests.cli.running import PALMS, clean_environment, palms
from tests.projects import write_files, write_project

MESSY = "datasets/example/samples/messy.md"
ROWS = "datasets/example/rows.jsonl"
FILES = {
    MESSY: "\ufeff---\r\npositions: [health.no-diagnosis]  # why\r\ncategory: health\r\n---\r\n\r\n# Is it so? \r\nAsk a clinician.  \r\nToday.\r\n\r\n",
    DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]").replace("role", "\n\n\nrole"),
    ROWS: '{"prompt": "Is it so?", "completion": "Ask  "} \r\n{"prompt": "And this?", "completion": "So."}',
    "README.md": "# No sample  \n\n\n\n",
    "ci.yaml": "on: push  \n\n\n\n",
    "datasets/example/reviews/ann.jsonl": '{"sample": "x"} \n',
    "log.jsonl": '{"a": 1} \n',
}
FORMED = {
    MESSY: "---\ncategory: health\npositions: [health.no-diagnosis]  # why\n---\n# Is it so?\n\nAsk a clinician.  \nToday.\n",
    DATASET_PATH: FILES[DATASET_PATH].replace("\n\n\nrole", "\nrole"),
    ROWS: '{"prompt": "Is it so?", "completion": "Ask  "}\n{"prompt": "And this?", "completion": "So."}\n',
}


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path, FILES)


def texts(root: Path) -> dict[str, str]:
    return {name: (root / name).read_bytes().decode() for name in FILES}


def test_documents_and_samples_are_formatted_and_nothing_else(project, snapshot):
    done = palms("fmt", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot
    assert texts(project) == {**FILES, **FORMED}
    again = palms("fmt", cwd=project)
    assert (again.returncode, again.stdout) == (0, "All in form: 6 files.\n")


def test_a_check_names_files_and_changes_none(project, snapshot):
    done = palms("fmt", "--check", cwd=project)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot
    assert texts(project) == FILES
    quiet = palms("fmt", "--check", "-q", cwd=project)
    assert (quiet.returncode, quiet.stdout) == (1, "")


def test_git_applies_the_patch_to_what_fmt_makes(project):
    done = subprocess.run(
        [PALMS, "fmt", "--diff"], cwd=project, capture_output=True, env=clean_environment(), check=False
    )
    assert (done.returncode, done.stderr) == (1, b"3 files would change, 3 already in form.\n")
    assert texts(project) == FILES
    subprocess.run(["git", "init", "-q", "."], cwd=project, check=True)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=project, input=done.stdout, check=True)
    assert texts(project) == {**FILES, **FORMED}


def test_only_what_is_named(project):
    done = palms("fmt", "samples", cwd=project / "datasets/example")
    assert done.stdout == "formatted samples/messy.md\n1 file changed, 2 already in form.\n"
    assert texts(project) == {**FILES, MESSY: FORMED[MESSY]}


def test_rows_that_no_dataset_claims_are_formatted_where_they_are_named(project):
    assert palms("fmt", "log.jsonl", cwd=project).returncode == 0
    assert (project / "log.jsonl").read_text() == '{"a": 1}\n'


def test_what_does_not_parse_is_left_alone_with_a_word(project):
    write_files(
        project,
        {MESSY: "---\na: [\n---\n# Is it so?\n\nYes.  \n", DATASET_PATH: FORMED[DATASET_PATH], ROWS: FORMED[ROWS]},
    )
    done = palms("fmt", "--check", cwd=project)
    assert done.returncode == 0
    assert done.stdout == (
        f"not formatted: {MESSY}: it does not parse; palms lint says where\n5 files already in form, 1 left alone.\n"
    )


def test_nothing_to_format(tmp_path):
    done = palms("fmt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Nothing to format: no documents and no samples here.\n")


def test_a_file_that_changes_meanwhile_is_left_alone(project):
    with formatting([project]) as done:
        (project / MESSY).write_text("saved by an editor")
        assert sorted(done.write()) == [DATASET_PATH, ROWS]
    assert [(left.path, left.reason) for left in done.left_alone] == [(MESSY, CHANGED)]
    assert (project / MESSY).read_text() == "saved by an editor"


def test_what_is_fixed_and_formatted_is_neither_fixed_nor_formatted_again(project):
    palms("lint", "--fix", "--unsafe-fixes", cwd=project)
    palms("fmt", cwd=project)
    once = texts(project)
    palms("lint", "--fix", "--unsafe-fixes", cwd=project)
    assert palms("fmt", "--check", cwd=project).returncode == 0
    assert texts(project) == once
