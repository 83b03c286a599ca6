"""`palms finetune`, run as a user runs it, against a server on this machine that speaks a provider's protocol."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess

import pytest

from tests.cli.running import PALMS, clean_environment, imported, palms
from tests.cli.terminals import on_terminal
from tests.providers.fireworks_server import ACCOUNT, FireworksServer
from tests.providers.loopback import KEY, Fault
from tests.providers.openai_server import OpenAIServer
from tests.providers.together_server import TogetherServer
from tests.workflows.finetuning import compiled

FOLDER = "build/small/openai"
MODEL = ("--model", "gpt-4.1-mini-2025-04-14")
START = ("finetune", "start", FOLDER, *MODEL, "--yes")
QUICK = ("--interval", "1")


@pytest.fixture
def server():
    with OpenAIServer() as server:
        yield server


@pytest.fixture
def project(tmp_path):
    compiled(tmp_path)
    return tmp_path


@pytest.fixture
def environment(server):
    return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base}


@pytest.fixture
def run(project, environment):
    return lambda *arguments, **more: palms(*arguments, cwd=project, **{**environment, **more})


def plain(text):
    """Without what is different each time."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r"(about )?\d+ tokens(?=, file)", "TOKENS tokens", text)  # as the tokenizer at hand counts them
    text = re.sub(r"\d\d\d\d-\d\d-\d\d(?= \d\d:\d\d)", "DATE", text)
    return re.sub(r"\d\d:\d\d(:\d\d)?", "TIME", text)


def everything(project):
    """All that lies in a project's own folder."""
    return b"".join(path.read_bytes() for path in (project / ".palms").rglob("*") if path.is_file())


def test_a_session(run, project, server, snapshot):
    server.plan = ("queued", "running", "running", "succeeded")
    said = []
    for arguments in (
        ("upload", FOLDER),
        ("upload", FOLDER),
        ("start", FOLDER, *MODEL, "--epochs", "3", "--yes", "--today", "2026-11-25"),
        ("start", FOLDER, *MODEL, "--epochs", "3", "--yes"),
        ("watch", *QUICK),
        ("list",),
        ("list", "--provider", "openai"),
        ("result", "--out", "results"),
        ("cancel", "ftjob-0001"),
    ):
        done = run("finetune", *arguments)
        said.append(
            f"$ palms finetune {' '.join(arguments)}\n{plain(done.stderr)}{plain(done.stdout)}-> {done.returncode}\n"
        )
    assert "\n".join(said) == snapshot
    assert (project / "results/step_metrics.csv").read_bytes() == b"step,train_loss\n1,2.5\n"
    assert (len(server.jobs), server.count("POST", "/files$")) == (1, 2)


def test_every_command_says_it_in_json(run, server):
    server.plan = ("running", "running", "succeeded")
    start = json.loads(run(*START, "--output-format", "json").stdout)
    assert (start["version"], start["how"], start["job"]["id"]) == (1, "started", "ftjob-0001")
    upload = json.loads(run("finetune", "upload", FOLDER, "--output-format", "json").stdout)
    assert [(one["split"], one["sent"]) for one in upload["files"]] == [("train", False), ("validation", False)]
    lines = [
        json.loads(line) for line in run("finetune", "watch", *QUICK, "--output-format", "jsonl").stdout.splitlines()
    ]
    assert lines[-1]["job"]["state"] == "succeeded"
    assert sum("event" in line for line in lines) == 7
    listed = json.loads(run("finetune", "list", "--output-format", "json").stdout)
    assert listed["jobs"][0]["result"].startswith("ft:")
    result = json.loads(run("finetune", "result", "--output-format", "json").stdout)
    assert result["files"] == [{"name": "step_metrics.csv", "bytes": 22}]
    cancel = json.loads(run("finetune", "cancel", "ftjob-0001", "--output-format", "json").stdout)
    assert cancel["was_running"] is False


def test_without_a_terminal_nothing_that_costs_money_is_started(run, server):
    done = run("finetune", "start", FOLDER, *MODEL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: a job at openai costs money, and there is no terminal to ask at",
        "hint: --yes starts it without asking",
    ]
    assert server.requests == [], "nor is anything sent"


@pytest.mark.parametrize(
    ("typed", "code", "jobs"), [("y\n", 0, 1), ("yes\n", 0, 1), ("n\n", 1, 0), ("\n", 1, 0), ("\x04", 1, 0)]
)
def test_on_a_terminal_it_is_asked(project, environment, server, typed, code, jobs):
    said, returned = on_terminal(
        *("finetune", "start", FOLDER, *MODEL), cwd=project, types=(("[y/N]", typed),), **environment
    )
    assert "cost        not known" in said
    assert (returned, len(server.jobs)) == (code, jobs)
    assert ("Nothing was started" in said) is (jobs == 0)


def test_on_a_terminal_one_line_is_always_as_of_now(run, project, environment, server):
    server.steps_a_stage, server.plan = 20, ("running", "running", "running", "succeeded")
    run(*START)
    said, code = on_terminal("finetune", "watch", *QUICK, cwd=project, columns=80, **environment)
    assert code == 0
    standing = [part for part in said.split("\r\x1b[K") if part.startswith("running")]
    assert re.fullmatch(r"running  step 20/60  loss 0\.5590  33%  \d+ s  validation 0\.6037  [▁-█]+", standing[0])
    assert all(len(part) < 80 for part in standing)
    assert "step 20/60, loss" not in said, "measurements are no lines on a terminal"
    assert "Loss: 2.5000 to 0.3227, validation 0.3486" in said
    assert said.splitlines()[-1] == "Next: palms finetune result ftjob-0001"


def test_ctrl_c_ends_the_watching_and_not_the_job(run, project, environment, server):
    server.plan = ("running",) * 500
    run(*START)
    watching = subprocess.Popen(
        [PALMS, "finetune", "watch", *QUICK],
        cwd=project,
        env=clean_environment(**environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    assert "Created" in watching.stdout.readline()
    watching.send_signal(signal.SIGINT)
    _, said = watching.communicate(timeout=30)
    assert watching.returncode == 130
    assert said.splitlines() == ["the job goes on: palms finetune watch ftjob-0001", "interrupted"]
    assert server.count("POST", "/cancel$") == 0


def start_and_kill(project, environment, moment, *arguments):
    """Start a command, and end it without a farewell once something has happened."""
    process = subprocess.Popen(
        [PALMS, *arguments],
        cwd=project,
        env=clean_environment(**environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert moment(process), process.communicate()
    os.kill(process.pid, signal.SIGKILL)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    return said


def test_killed_in_the_middle_of_an_upload(tmp_path, environment, server):
    compiled(tmp_path, rows=40_000)
    size = (tmp_path / FOLDER / "train.jsonl").stat().st_size
    assert size > 3_000_000, "more than the system takes at once"
    fault = Fault("/files$", "POST", reset="stall")
    server.faults = [fault]
    start_and_kill(tmp_path, environment, lambda process: fault.stalled.wait(60), *START)
    assert (server.files, server.jobs) == ({}, {})
    ledger = json.loads((tmp_path / ".palms/finetune.json").read_text())
    assert [(one["bytes"], one["id"]) for one in ledger["files"]] == [(size, None)]
    done = palms(*START, cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert server.contents["file-0001"] == (tmp_path / FOLDER / "train.jsonl").read_bytes()
    assert (len(server.files), len(server.jobs)) == (2, 1)


@pytest.mark.parametrize(("path", "files"), [("/files$", 1), ("/jobs$", 2)], ids=["a file", "a job"])
def test_killed_before_an_answer_arrives(run, project, environment, server, path, files):
    arrived, go = server.hold("POST", path)
    start_and_kill(project, environment, lambda process: arrived.wait(60), *START)
    go.set()
    assert len(server.files) == files
    done = run(*START)
    assert done.returncode == 0, done.stderr
    word = "Found" if path == "/jobs$" else "Started"
    assert done.stdout.startswith(f"{word} ftjob-0001 at openai")
    assert (len(server.files), len(server.jobs), server.count("POST", "/files$")) == (2, 1, 2)
    ledger = json.loads((project / ".palms/finetune.json").read_text())
    assert [one["id"] for one in ledger["jobs"]] == ["ftjob-0001"]


def test_killed_while_watching(run, project, environment, server):
    server.plan = (*["running"] * 6, "succeeded")
    run(*START)

    def seen_some(process):
        return any("step 5/12" in line for line in iter(process.stdout.readline, ""))

    start_and_kill(project, environment, seen_some, "finetune", "watch", *QUICK)
    entry = json.loads((project / ".palms/finetune.json").read_text())["jobs"][0]
    assert entry["last_event"]
    done = run("finetune", "watch", *QUICK)
    assert done.returncode == 0, done.stderr
    steps = [int(step) for step in re.findall(r"step (\d+)/12", done.stdout)]
    assert steps == [*range(steps[0], 13)]
    assert 1 < steps[0] <= 7, "it goes on where it was, and what was shown last may be shown again"
    assert "earlier events are not shown again; --all shows them" in done.stderr
    assert "Loss: 2.5000 to 0.7217" in done.stdout, "the curve has what was shown before"
    again = run("finetune", "watch", *QUICK, "--all")
    assert [int(step) for step in re.findall(r"step (\d+)/12", again.stdout)] == [*range(1, 13)]


def test_an_account_that_is_shut_out_hears_where_else_to_go(run, server, snapshot):
    server.shut_out = True
    done = run(*START, "--today", "2026-11-25")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr[done.stderr.index("error:") :] == snapshot


def test_files_that_were_changed_are_not_sent(run, project, server, snapshot):
    path = project / FOLDER / "train.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Answer", b"Reply", 1))
    done = run(*START)
    assert done.returncode == 1
    assert done.stderr == snapshot
    assert server.requests == []


def test_a_job_that_fails_says_why_and_is_1(run, server):
    server.plan = ("failed",)
    server.failure = {
        "code": "invalid_training_file",
        "message": "line 3 \x1b[31m has no role",
        "param": "training_file",
    }
    run(*START)
    done = run("finetune", "watch", *QUICK)
    assert done.returncode == 1
    assert done.stdout.endswith(r"Failed: line 3 \x1b[31m has no role (invalid_training_file)." + "\n")
    assert run("finetune", "result").returncode == 1


def test_a_rate_limit_is_said_and_waited_for(run, server):
    server.faults = [Fault("/jobs$", "POST", status=429, headers={"retry-after": "1"})]
    done = run(*START)
    assert done.returncode == 0
    assert "openai answers the start of a job with 429; trying again in 1 s" in done.stderr


QUOTED = f'{{"error": {{"message": "bad key {KEY}", "code": "{KEY}"}}}}'.encode()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(".*", times=99, status=401, body=QUOTED),
        Fault(".*", times=99, status=400, body=QUOTED),
        Fault(".*", times=99, status=403, body=KEY.encode()),
        Fault(".*", garbled=KEY.encode()),
        Fault(".*", status=503, body=QUOTED),
    ],
    ids=["401", "400", "403", "no JSON", "503"],
)
def test_a_key_that_is_quoted_is_never_shown_or_written(run, project, server, fault):
    server.faults = [fault]
    done = run(*START, PALMS_TRACEBACK="1", OPENAI_LOG="debug")
    assert "SECRET" not in done.stdout + done.stderr
    assert "bad key [hidden]" in done.stderr or fault.status not in (400, 503)
    assert b"SECRET" not in everything(project)


def test_a_key_that_is_used_is_never_shown_or_written(run, project, server):
    server.plan = ("succeeded",)
    for arguments in (START, ("finetune", "watch"), ("finetune", "list"), ("finetune", "result")):
        done = run(*arguments, PALMS_TRACEBACK="1", OPENAI_LOG="debug")
        assert done.returncode == 0
        assert "SECRET" not in done.stdout + done.stderr
    assert b"SECRET" not in everything(project)


@pytest.mark.parametrize("value", ["sk-\nSECRET", "sk-SÉCRET-SECRET", "sk SECRET"], ids=repr)
def test_a_key_that_can_be_none_is_not_shown(run, server, value):
    done = run(*START, OPENAI_API_KEY=value, PALMS_TRACEBACK="1")
    assert done.returncode == 2
    assert "the value of OPENAI_API_KEY can be no key" in done.stderr
    assert "SECRET" not in done.stderr
    assert server.requests == []


def test_on_a_wide_terminal_lines_are_long(run, server, snapshot):
    start = run(*START, "--epochs", "3", "--today", "2026-11-25", COLUMNS="120")
    assert plain(start.stderr + start.stdout) == snapshot
    assert plain(run("finetune", "list", COLUMNS="120").stdout) == snapshot


@pytest.mark.parametrize(
    ("target", "server_class", "more", "model"),
    [
        ("together", TogetherServer, {"TOGETHER_API_KEY": KEY}, "Qwen/Qwen3-8B"),
        ("fireworks", FireworksServer, {"FIREWORKS_API_KEY": KEY, "FIREWORKS_ACCOUNT_ID": ACCOUNT}, "qwen3-8b"),
    ],
    ids=["together", "fireworks"],
)
def test_the_others_by_their_own_protocols(tmp_path, snapshot, target, server_class, more, model):
    compiled(tmp_path, target)
    with server_class() as server:
        server.plan = server.plan[-4:]
        environment = {**more, f"{target.upper()}_BASE_URL": server.base}
        said = []
        for arguments in (
            ("start", f"build/small/{target}", "--model", model, "--epochs", "2", "--yes", "--today", "2026-11-25"),
            ("watch", *QUICK),
            ("list",),
            ("result", "--out", "results"),
        ):
            done = palms("finetune", *arguments, cwd=tmp_path, **environment)
            said.append(
                f"$ palms finetune {' '.join(arguments)}\n{plain(done.stderr)}{plain(done.stdout)}-> {done.returncode}\n"
            )
            assert "SECRET" not in done.stdout + done.stderr
    text = re.sub(r"palms-[0-9a-f]{24}\b", "palms-TOKEN", "\n".join(said))
    assert text == snapshot
    assert b"SECRET" not in everything(tmp_path)
    assert len((tmp_path / "results/metrics.jsonl").read_text().splitlines()) >= 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("start", FOLDER),
        ("start", FOLDER, *MODEL, "--yes", "--set", "x"),
        ("start", FOLDER, *MODEL, "--yes", "--lora-rank", "8"),
        ("start", FOLDER, *MODEL, "--yes", "--provider", "opnai"),
        ("start", FOLDER, *MODEL, "--yes", "--provider", "together"),
        ("start", FOLDER, *MODEL, "--yes", "--base-url", "http://example.org/v1"),
        ("start", FOLDER, *MODEL, "--yes", "--learning-rate", "fast"),
        ("start", FOLDER, *MODEL, "--yes", "--price", "nan"),
        ("start", "nowhere", *MODEL, "--yes"),
        ("upload", "data"),
        ("watch",),
        ("watch", "ftjob-9"),
        ("watch", "ftjob-9", "--base-url", "http://127.0.0.1:1"),
        ("result", "ftjob-9", "--provider", "openai"),
        ("cancel", ""),
    ],
    ids=" ".join,
)
def test_what_cannot_be_served_is_said_and_nothing_is_sent(run, server, arguments):
    done = run("finetune", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert "defect" not in done.stderr
    assert not any(one.method == "POST" for one in server.requests)


def test_a_model_that_the_files_are_compiled_for_need_not_be_named(tmp_path, environment, server):
    compiled(
        tmp_path,
        more="targets: [{target: openai, model: gpt-4.1-nano-2025-04-14}]\n"
        "splits: {train: 1, validation: 0, test: 0}\n",
    )
    done = palms("finetune", "start", FOLDER, "--yes", cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert server.jobs["ftjob-0001"]["model"] == "gpt-4.1-nano-2025-04-14"
    assert server.jobs["ftjob-0001"]["validation_file"] is None


def test_help_imports_no_client(project):
    modules = imported("finetune", "start", "--help", cwd=project)
    assert modules.isdisjoint({"openai", "httpx", "httpx2", "pydantic", "rich"})
