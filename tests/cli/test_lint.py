from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from palms_spec.cli.reports import parse_reports
from palms_spec.errors import UsageError
from tests.cli.running import PALMS, clean_environment, palms
from tests.projects import write_files, write_project

FAULTY = {
    "datasets/example/samples/faulty.md": "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Why does my throat hurt?\n\nNobody can tell from here.\n\nHuman: and then?\n"
}
SELECTED = ("lint", "--select", "role-marker,dataset-size")


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path)


@pytest.fixture
def faulty(tmp_path):
    return write_project(tmp_path, FAULTY)


def test_a_clean_project(project):
    done = palms(*SELECTED, cwd=project)
    assert (done.stdout, done.stderr) == ("All checks passed: 2 samples in 1 dataset, 2 documents.\n", "")
    assert done.returncode == 0


def test_a_finding_with_its_snippet(faulty, snapshot):
    done = palms(*SELECTED, cwd=faulty)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot


def test_a_finding_on_one_line(faulty, snapshot):
    done = palms(*SELECTED, "--output-format", "concise", cwd=faulty)
    assert done.stdout == snapshot


def test_nothing_to_check_is_fine(tmp_path):
    done = palms("lint", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("Nothing to check: no documents and no samples here.\n", "")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("options", "exit_code"),
    [
        pytest.param(["--fail-on", "error"], 1, id="an error fails"),
        pytest.param(
            ["--fail-on", "error", "--config", "lint.severity.role-marker=warning"], 0, id="lesser ones do not"
        ),
        pytest.param(["--fail-on", "note", "--config", "lint.severity.role-marker=note"], 1, id="unless it is wanted"),
        pytest.param(["--config", "lint.severity.role-marker=note"], 0, id="a note does not fail by itself"),
        pytest.param(["--exit-zero"], 0, id="for reports"),
        pytest.param(["--ignore", "SAM"], 1, id="a name wins over its family"),
        pytest.param(["--ignore", "COV004, SAM004"], 0, id="codes, with a blank"),
        pytest.param(["--ignore", "COV004", "--ignore", "SAM004"], 0, id="one after another"),
        pytest.param(["--no-cache", "--jobs", "1"], 1, id="without the cache"),
    ],
)
def test_exit_codes(faulty, options, exit_code):
    assert palms(*SELECTED, *options, cwd=faulty).returncode == exit_code


def test_the_configuration_counts_unless_it_is_not_read(faulty):
    write_files(faulty, {"palms.toml": 'rules-version = 1\n[lint]\nignore = ["role-marker"]\n'})
    assert "role-marker" not in palms("lint", "--output-format", "concise", cwd=faulty).stdout
    assert "role-marker" in palms("lint", "--isolated", "--output-format", "concise", cwd=faulty).stdout


def test_findings_of_a_file_only(faulty):
    names = ["datasets/example/samples/faulty.md", "datasets/example/samples/two-ballots.md"]
    assert [palms(*SELECTED, name, cwd=faulty).returncode for name in names] == [1, 0]


def test_paths_are_shown_from_where_the_user_is(faulty):
    done = palms(*SELECTED, "--output-format", "concise", cwd=faulty / "datasets/example")
    assert done.stdout.startswith("samples/faulty.md:9:1: error SAM004 role-marker ")


def test_quiet_prints_findings_only(faulty, project):
    assert palms(*SELECTED, "-q", "--output-format", "concise", cwd=faulty).stdout.count("\n") == 1
    assert palms("lint", "-q", "--select", "dataset-size", cwd=project).stdout == ""


def test_reports_into_files_beside_one_for_the_terminal(faulty):
    options = ("--output-format", "json=out.json", "--output-format", "concise", "--output-format=full=out.txt")
    done = palms(*SELECTED, *options, "--color", "always", cwd=faulty)
    assert done.returncode == 1
    assert "\x1b[" in done.stdout
    assert json.loads((faulty / "out.json").read_text())["summary"]["errors"] == 1
    assert "\x1b" not in (faulty / "out.txt").read_text()
    assert "^^^^^^" in (faulty / "out.txt").read_text()
    assert not [name for name in os.listdir(faulty) if name.startswith(".out")], "nothing is left over"


def test_if_all_reports_go_to_files_the_last_line_is_left(faulty):
    done = palms(*SELECTED, "--output-format", "json=out.json", cwd=faulty)
    assert done.stdout == "Found 1 error: 3 samples in 1 dataset, 2 documents.\n"


def test_a_report_that_cannot_be_written_is_an_error(faulty):
    done = palms(*SELECTED, "--output-format", "json=gone/out.json", cwd=faulty)
    assert (done.returncode, done.stderr) == (2, "error: gone/out.json cannot be written: no such file or directory\n")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="devices as POSIX has them")
def test_a_report_may_go_to_a_device(faulty):
    done = palms(*SELECTED, "-q", "--output-format", "json=/dev/stdout", cwd=faulty)
    assert json.loads(done.stdout)["version"] == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(["ful"], "there is no output format ful", id="unknown"),
        pytest.param(["json="], "--output-format json= names no file", id="no file"),
        pytest.param(["json", "full"], "two reports would be written to one place", id="both to the terminal"),
        pytest.param(["json=a", "full=./a"], "two reports would be written to one place", id="both to one file"),
    ],
)
def test_formats_that_cannot_be(values, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        parse_reports(values)


def test_more_findings_than_are_shown(tmp_path):
    rows = "".join(
        json.dumps({"prompt": f"What is {number}?", "completion": "A number.\n\nHuman: why?"}) + "\n"
        for number in range(250)
    )
    write_files(tmp_path, {"rows.jsonl": rows})
    lines = palms(*SELECTED, "--output-format", "concise", cwd=tmp_path).stdout.splitlines()
    assert lines[200:] == ["… and 50 more, shown with --all", "Found 250 errors: 250 samples in 1 dataset."]
    assert len(palms(*SELECTED, "--all", "--output-format", "concise", cwd=tmp_path).stdout.splitlines()) == 251
    report = json.loads(palms(*SELECTED, "--output-format", "json", cwd=tmp_path).stdout)
    assert (len(report["findings"]), report["omitted"]) == (250, 0)


def test_colour_and_width_follow_the_environment(faulty):
    plain = palms(*SELECTED, cwd=faulty).stdout
    assert "\x1b" not in plain
    colored = palms(*SELECTED, cwd=faulty, FORCE_COLOR="1").stdout
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert "\x1b" not in palms(*SELECTED, cwd=faulty, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert palms(*SELECTED, cwd=faulty, COLUMNS="120").stdout != plain


def test_hostile_names_and_texts_reach_nobody(tmp_path):
    name = "[red]\x1b[2J\n\u202ehi.jsonl" if os.name != "nt" else "[red].jsonl"
    row = json.dumps(
        {"prompt": "Why \x1b]0;owned\x07 \x9b2J \u202e?", "completion": "A\n\nHuman: \x1b[31mno\u2028"},
        ensure_ascii=False,
    )
    write_files(tmp_path, {name: row + "\n"})
    for form in ("full", "concise", "json"):
        done = subprocess.run(
            [PALMS, "lint", "--output-format", form],
            cwd=tmp_path,
            capture_output=True,
            env=clean_environment(),
            check=False,
        )
        assert done.returncode == 1, done.stderr
        text = done.stdout.decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", text)
        assert "[red]" in text


@pytest.mark.skipif(sys.platform != "linux", reason="names of files that are no text")
def test_a_name_that_is_no_text(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xff.jsonl", "wb") as file:
        file.write(b'{"prompt": "Why?", "completion": "A.\\n\\nHuman: no"}\n')
    for form in ("full", "concise", "json"):
        done = palms(*SELECTED, "--output-format", form, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "")
        assert r"\udcff.jsonl" in done.stdout


def test_an_encoding_that_lacks_characters_is_no_failure(tmp_path):
    write_files(tmp_path, {"rows.jsonl": '{"prompt": "日本", "completion": "答え\\n\\nHuman: é"}\n'})
    for form in ("full", "json"):
        done = palms(*SELECTED, "--output-format", form, cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.isascii()
