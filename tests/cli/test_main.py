from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from palms_spec import __version__
from palms_spec.cli import main as cli
from palms_spec.cli.main import COMMANDS, EXIT_BROKEN_PIPE, main
from palms_spec.errors import MissingExtra
from palms_spec.workflows import lint as workflow
from tests.cli.running import PALMS, clean_environment, palms
from tests.projects import write_files, write_project


def test_the_version(tmp_path):
    done = palms("--version", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == (f"palms {__version__}\n", "", 0)


def test_without_arguments_the_commands_are_listed(tmp_path):
    done = palms(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    assert done.stdout == palms("--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(tmp_path, name):
    done = palms(name, "-h", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: palms {name}")


def test_the_module_is_the_command(tmp_path):
    done = subprocess.run([sys.executable, "-m", "palms_spec", "-V"], capture_output=True, text=True, check=True)
    assert done.stdout == f"palms {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["lnt"], "error: No such command 'lnt'. Did you mean 'lint'?", id="command"),
        pytest.param(["lint", "--slect", "x"], "error: No such option: --slect", id="option"),
        pytest.param(
            ["lint", "--jobs", "two"], "error: Invalid value for '--jobs': two is no whole number", id="number"
        ),
        pytest.param(["lint", "--jobs=-2"], "error: --jobs is a number of processes, not -2", id="negative number"),
        pytest.param(
            ["lint", "--fail-on", "erorr"],
            "error: Invalid value for '--fail-on': erorr is not one of error, warning, note; did you mean error?",
            id="choice",
        ),
        pytest.param(["lint", "gone\x1b[31m\n"], "error: no such file or folder: gone\\x1b[31m\\n", id="path"),
    ],
)
def test_a_wrong_call_is_one_calm_message(tmp_path, arguments, message):
    done = palms(*arguments, cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith(message)
    assert "Traceback" not in done.stderr


def test_all_that_is_wrong_with_the_configuration_is_said_at_once(tmp_path):
    write_files(tmp_path, {"palms.toml": 'rules-version = 1\nexlude = []\n[lint]\nfail-on = "eror"\n'})
    done = palms("lint", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[:2] == [
        "error: palms.toml: line 2: there is no key exlude; did you mean exclude?",
        "error: palms.toml: line 4: lint.fail-on is 'eror', expected one of note, warning, error",
    ]
    assert done.stderr.splitlines()[2].startswith("hint: keys of palms.toml: ")


@pytest.mark.parametrize("runner", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
def test_the_log_of_a_ci_job_finds_no_command_in_a_message(tmp_path, runner):
    arguments = ["lint", "##[add-mask]e", "::error::##vso[x]", "--baseline", "##teamcity[x]"]
    assert "##[" in palms(*arguments, cwd=tmp_path).stderr
    done = palms(*arguments, cwd=tmp_path, **{runner: "true"})
    assert done.returncode == 2
    assert not any(mark in done.stderr for mark in ("##[", "##vso[", "##teamcity["))
    assert "##[add-mask]e" in done.stderr.replace("\u200b", "")
    assert "##vso[x]" in done.stderr.replace("\u200b", "")


@pytest.fixture
def failing(monkeypatch):
    def fail_with(error):
        def fail(*arguments, **options):
            raise error

        monkeypatch.setattr(workflow, "lint_paths", fail)
        return main(["lint"])

    return fail_with


def test_an_expected_error_is_a_message_and_a_hint(failing, capsys):
    assert failing(MissingExtra("spacy", "nlp")) == 2
    assert capsys.readouterr().err == (
        "error: spacy is not installed\nhint: install it with: pip install 'palms-spec[nlp]'\n"
    )


def test_an_unexpected_error_asks_for_a_report(failing, capsys, monkeypatch):
    monkeypatch.delenv("PALMS_TRACEBACK", raising=False)
    assert failing(KeyError("a\x1b[31m")) == 2
    said = capsys.readouterr().err
    assert said.startswith(r"error: palms met a defect of its own: KeyError: 'a\x1b[31m' (test_main.py:")
    assert "please report it" in said
    assert "Traceback" not in said
    monkeypatch.setenv("PALMS_TRACEBACK", "1")
    assert failing(KeyError("a")) == 2
    assert "Traceback" in capsys.readouterr().err


def test_what_the_system_refuses_is_no_defect(failing, capsys):
    assert failing(OSError(28, "No space left on device", "a\nb")) == 2
    assert capsys.readouterr().err == "error: no space left on device: a\\nb\n"


def test_an_interrupt_is_130(failing, capsys):
    assert failing(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_ctrl_c_ends_a_run_quietly(tmp_path):
    rows = b'{"prompt": "What is %d?", "completion": "' + b"Nobody knows. " * 200 + b'"}\n'
    (tmp_path / "rows.jsonl").write_bytes(b"".join(rows.replace(b"%d", b"%d" % number) for number in range(8_000)))
    run = subprocess.Popen(
        [PALMS, "lint", "--jobs", "1"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(1.5)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    if run.returncode in (0, 1):
        pytest.skip("it was done before it could be interrupted")
    assert (run.returncode, said) == (130, "interrupted\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes as POSIX has them")
def test_a_closed_pipe_is_quiet(tmp_path):
    files = {f"datasets/example/samples/{number}.md": "# Why?\n\nHuman: no\n" for number in range(150)}
    write_project(tmp_path, files)
    run = subprocess.Popen(
        [PALMS, "lint"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.readline()
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert (run.wait(timeout=30), said) == (EXIT_BROKEN_PIPE, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_is_an_error(tmp_path):
    with open("/dev/full", "w") as full:
        done = subprocess.run([PALMS, "rule"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "error: no space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="descriptors as POSIX has them")
def test_no_output_at_all_is_fine(tmp_path):
    done = subprocess.run(["sh", "-c", f"'{PALMS}' lint >&-"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_commands_are_found_by_name():
    assert len(cli.LazyCommands()) == len(COMMANDS)
    assert cli.LazyCommands().get("nothing") is None
