"""Counts, times, days and the standard input."""

from __future__ import annotations

import json
import subprocess

import jsonschema
import pytest

from palms_spec.render.report_schema import REPORT_SCHEMA
from tests.cli.running import PALMS, clean_environment, palms
from tests.projects import write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n{}---\n# What does a transcript look like?\n\n"
MARKED = FRONT.format("") + "Each line begins with who speaks.\n\nHuman: good morning\n"
SUPPRESSED = MARKED.replace("---\n#", "# palms: ignore[SAM004] a quotation until=2027-01-31\n---\n#")
FOLDER = "datasets/example/samples"
ONLY = ("--select", "role-marker,empty-answer,SUP")


@pytest.fixture
def project(tmp_path):
    files = {"one.md": MARKED, "two.md": MARKED, "three.md": FRONT.format(""), "four.md": SUPPRESSED}
    return write_project(tmp_path, {f"{FOLDER}/{name}": text for name, text in files.items()})


def piped(text: str, *arguments: str, cwd) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PALMS, *arguments], cwd=cwd, env=clean_environment(), input=text, capture_output=True, text=True, check=False
    )


def test_counts_by_rule(project, snapshot):
    done = palms("lint", *ONLY, "--today", "2027-01-30", "--statistics", cwd=project)
    assert done.returncode == 1
    assert done.stdout == snapshot


def test_counts_by_rule_for_programs(project):
    done = palms("lint", *ONLY, "--today", "2027-01-30", "--statistics", "--output-format", "json", cwd=project)
    report = json.loads(done.stdout)
    jsonschema.validate(report, REPORT_SCHEMA)
    assert [(row["rule"], row["errors"], row["suppressed"]) for row in report["statistics"]] == [
        ("role-marker", 2, 1),
        ("empty-answer", 1, 0),
    ]
    assert report["summary"]["suppressed"] == 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**report, "findings": []}, REPORT_SCHEMA)


def test_formats_without_counts_say_so(project):
    done = palms("lint", "--statistics", "--output-format", "sarif", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: --statistics has no form in sarif\nhint: there is full, concise,")


@pytest.mark.parametrize("today", ["2027-02-30", "tomorrow", "1"])
def test_a_day_is_a_day(project, today):
    done = palms("lint", "--today", today, cwd=project)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"error: --today {today} is no day")


def test_what_is_expired_is_told(project, snapshot):
    done = palms("lint", *ONLY, f"{FOLDER}/four.md", "--today", "2027-01-31", cwd=project)
    assert done.stdout == snapshot


def test_times_go_to_the_standard_error(project):
    options = ("lint", *ONLY, "--timing", "--output-format", "json")
    cold = palms(*options, cwd=project)
    json.loads(cold.stdout)
    lines = [line.split() for line in cold.stderr.splitlines()]
    calls = {line[0]: line[-1] for line in lines if len(line) == 3}
    assert calls["empty-answer"] == "6"
    assert "reading documents" in cold.stderr
    warm = palms(*options, cwd=project)
    assert warm.stdout == cold.stdout
    assert "Findings came from earlier results; with --no-cache the rules run." in warm.stderr
    assert "empty-answer" not in warm.stderr


def test_times_of_rules_in_other_processes_count(tmp_path):
    row = json.dumps({"prompt": "Why?", "completion": "Nobody knows. " * 200}) + "\n"
    write_files(tmp_path, {"rows.jsonl": row * 12_000})
    done = palms(
        "lint", "rows.jsonl", "--select", "wrong-language,empty-answer", "--jobs", "2", "--timing", cwd=tmp_path
    )
    calls = {line.split()[0]: line.split()[-1] for line in done.stderr.splitlines() if len(line.split()) == 3}
    assert calls["empty-answer"] == "12,000"


def test_the_standard_input_stands_in_for_a_file(project, snapshot):
    done = piped(MARKED, "lint", *ONLY, "--stdin-filename", f"{FOLDER}/three.md", cwd=project)
    assert done.returncode == 1
    assert done.stdout == snapshot
    clean = piped(MARKED.replace("Human", "Person"), "lint", *ONLY, "--stdin-filename", f"{FOLDER}/one.md", cwd=project)
    assert clean.returncode == 0
    assert (project / FOLDER / "three.md").read_text() == FRONT.format("")


def test_the_standard_input_may_stand_in_for_a_new_file(project):
    done = piped(MARKED, "lint", *ONLY, "-q", "--stdin-filename", "new.md", cwd=project / FOLDER)
    assert done.stdout.startswith("error[SAM004] role-marker")
    assert "new.md:9:1" in done.stdout


def test_rows_on_the_standard_input(tmp_path):
    rows = '{"prompt": "Why?", "completion": "So."}\n{"prompt": "Why not?", "completion": ""}\n'
    options = ("lint", *ONLY, "--output-format", "concise", "-q", "--stdin-filename", "data/rows.jsonl")
    assert piped(rows, *options, cwd=tmp_path).stdout == (
        "data/rows.jsonl:2:38: error SAM003 empty-answer the answer is empty\n"
    )


def test_what_is_excluded_is_not_read_from_the_standard_input(project):
    write_files(project, {"palms.toml": "exclude = ['datasets/example/samples/old-*']\n"})
    options = ("lint", *ONLY, "--stdin-filename", f"{FOLDER}/old-one.md", "--force-exclude")
    assert piped(MARKED, *options, cwd=project).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stdin-filename", "a.md", "b.md"], "--stdin-filename is for one file, and takes no paths besides"),
        (["--stdin-filename", "a.md", "--fix"], "--fix and --diff are for files, not for the standard input"),
        (["-"], "- is the standard input, and it needs a name"),
    ],
)
def test_the_standard_input_needs_a_name_and_is_alone(project, arguments, said):
    write_files(project, {"b.md": ""})
    done = piped("", "lint", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {said}")
