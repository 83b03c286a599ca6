from __future__ import annotations

from typing import Any

import pytest

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.provider import Job, ResultFile
from palms_spec.workflows import finetune_jobs
from palms_spec.workflows.finetune_jobs import cancelled, check_place, listed, named_job, save_results
from palms_spec.workflows.finetune_providers import Connection
from tests.providers.clients import Waits
from tests.providers.loopback import Fault
from tests.providers.openai_server import OpenAIServer
from tests.workflows.finetuning import Killed, User, compiled, killed
from tests.workflows.test_finetune import openai_at


@pytest.fixture
def server():
    with OpenAIServer() as server:
        yield server


@pytest.fixture
def user(server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", server.KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", server.base)
    return User(openai_at(server), compiled(tmp_path))


def test_a_job_is_named_by_its_id_or_is_the_last_one(user, server):
    with pytest.raises(UsageError, match="no job was started"):
        named_job(user.root, None, None)
    user.start()
    user.start(model="other")
    assert named_job(user.root, None, None).id == "ftjob-0002"
    server.plan = ("succeeded",)
    entry = named_job(user.root, "ftjob-0001", None).entry
    assert entry is not None
    assert entry.model == "gpt-4.1-mini"
    assert named_job(user.root, "ft-9", Connection("together")).entry is None
    for name, said in (("ftjob-0003", "did you mean ftjob-000"), ("xyz", "--provider"), ("", ""), ("..", "")):
        with pytest.raises(UsageError) as caught:
            named_job(user.root, name, None)
        assert said in caught.value.hint


def test_a_job_is_not_asked_about_elsewhere(user, server):
    user.start()
    named = named_job(user.root, None, None)
    check_place(user.root, named, user.provider)
    with OpenAIServer() as other, pytest.raises(UsageError, match=r"was started at http://127\.0\.0\.1"):
        check_place(user.root, named, openai_at(other))


def test_jobs_are_listed_as_they_stand(user, server):
    user.start()
    user.start(model="other")
    server.plan = ("succeeded",)
    user.start(model="third")
    found = listed(user.root, Waits().retries())
    assert [(one.entry.model, one.entry.state, one.trouble) for one in found] == [
        ("third", "succeeded", ""),
        ("other", "validating", ""),
        ("gpt-4.1-mini", "validating", ""),
    ]
    asked = server.count("GET", "/jobs/ftjob-0003")
    listed(user.root, Waits().retries())
    assert server.count("GET", "/jobs/ftjob-0003") == asked, "a job that is over is not asked about"


def test_a_request_without_an_answer_finds_its_job_in_the_list(user, server, monkeypatch):
    monkeypatch.setattr(user.provider, "start", killed(user.provider.start, after=True))
    with pytest.raises(Killed):
        user.start()
    (one,) = listed(user.root, Waits().retries())
    assert one.entry.id == "ftjob-0001"


def test_a_request_that_came_to_nothing_is_called_so(user, server, monkeypatch):
    monkeypatch.setattr(user.provider, "start", killed(user.provider.start, after=False))
    with pytest.raises(Killed):
        user.start()
    (one,) = listed(user.root, Waits().retries())
    assert (one.entry.id, one.trouble) == (None, "its request got no answer, and there is no such job")


def test_what_cannot_be_asked_is_listed_as_it_was(user, server, monkeypatch):
    user.start()
    user.start(model="other")
    server.faults = [Fault("/jobs/", times=99, status=503)]
    waits = Waits()
    found = listed(user.root, waits.retries())
    assert all("503" in one.trouble for one in found)
    assert len(waits.seconds) == 5, "a provider that gives no answer is not asked about each job"
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setattr(finetune_jobs, "connect", lambda *given: (_ for _ in ()).throw(UsageError("no key")))
    assert [one.trouble for one in listed(user.root, waits.retries())] == ["no key", "no key"]


def test_a_job_that_is_over_is_not_cancelled(user, server):
    job = user.start().job
    assert cancelled(user.provider, job.id)[0].state == "cancelled"
    assert cancelled(user.provider, job.id) == (user.provider.job(job.id), False)
    assert server.count("POST", "/cancel$") == 1


def test_a_job_that_ends_while_it_is_cancelled_is_as_it_ended(user, server):
    job = user.start().job
    server.plan = ("running",)
    server.stages[job.id] = ["running", "succeeded"]
    server.faults = [Fault("/cancel$", "POST", status=400, body=b'{"error": {"message": "it is over"}}')]
    found, was_running = cancelled(user.provider, job.id)
    assert (found.state, was_running) == ("succeeded", False)
    other = user.start(model="other").job
    server.stages[other.id] = ["running"] * 9
    server.faults = [Fault("/cancel$", "POST", status=400, body=b'{"error": {"message": "not now"}}')]
    with pytest.raises(ProviderError, match="not now"):
        cancelled(user.provider, other.id)


class Leaving:
    """A provider whose jobs leave files with these names behind."""

    def __init__(self, *names):
        self.names = names

    def result_files(self, job):
        for name in self.names:
            yield ResultFile(name, name.encode("utf-8", "replace"))


def leaves(*names) -> Any:
    """The provider."""
    return Leaving(*names)


def test_files_are_saved_in_the_folder_and_nowhere_else(tmp_path):
    names = [
        "metrics.csv",
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "",
        "a\\b\\c.txt",
        "metrics.csv",
        "\x1b[31m.x",
        ".bashrc",
    ]
    job = Job(id="j", state="succeeded", word="succeeded", model="m")
    out = tmp_path / "deep" / "out"
    saved = save_results(leaves(*names), job, out)
    assert sorted(name for name, _ in saved) == sorted(path.name for path in out.iterdir())
    assert len(saved) == len(names)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != out] == []
    assert all(not name.startswith(".") and name.isprintable() for name, _ in saved)
    assert save_results(leaves("a"), job, None) == [("a", 1)]
