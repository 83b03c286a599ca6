from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from palms_spec.errors import MissingExtra, ProviderError, UsageError
from palms_spec.providers import openai_upload
from palms_spec.providers.http import Http
from palms_spec.providers.openai_compatible import OpenAICompatible
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.provider import Settings
from palms_spec.providers.secrets import Secret
from tests.providers.clients import KINDS, Waits, request_for, training_file
from tests.providers.loopback import Fault
from tests.providers.openai_server import OpenAIServer

KIND = KINDS[0]


def nothing(sent: int) -> None:
    """Hears how much was sent."""


def provider_at(server, waits=None, parts_above=10**9, name="openai"):
    client = Client(name, server.base, Secret(server.KEY), "OPENAI_API_KEY")
    return OpenAICompatible(name, client, (waits or Waits()).retries(), parts_above)


def test_events_come_from_all_pages_in_order():
    with OpenAIServer() as server:
        server.page, server.steps_a_stage = 7, 40
        provider = provider_at(server)
        server.files["file-1"] = {"id": "file-1"}
        job = provider.start(request_for(KIND, "file-1"))
        while not job.final:
            job = provider.job(job.id)
        events = provider.events(job.id, "")
        steps = [event.metrics["step"] for event in events if "step" in event.metrics]
        assert steps == [*range(1, 121)]
        assert [event.at for event in events] == sorted(event.at for event in events)
        asked = server.count("GET", "/events$")
        assert provider.events(job.id, events[-3].id) == events[-2:]
        assert server.count("GET", "/events$") == asked + 1, "what is known is not asked for again"


def test_pages_that_lead_in_a_circle_end(tmp_path):
    with OpenAIServer() as server:
        provider = provider_at(server)
        page = b'{"data": [{"id": "file-1", "filename": "x", "status": "processed"}], "has_more": true}'
        server.faults = [Fault("/files$", "GET", times=99, garbled=page)]
        with pytest.raises(ProviderError, match="the same page again and again"):
            provider.find_file(training_file(tmp_path))


@pytest.mark.parametrize("keeps", [True, False], ids=["tokens are kept", "tokens are not kept"])
def test_a_job_of_another_request_is_not_taken_for_the_one_that_was_lost(keeps):
    with OpenAIServer(keeps_metadata=keeps) as server:
        provider = provider_at(server)
        server.files["file-1"] = {"id": "file-1"}
        first = provider.start(request_for(KIND, "file-1", token="a" * 24))
        second = request_for(KIND, "file-1", token="b" * 24, settings=Settings(epochs=5), known=frozenset((first.id,)))
        server.faults = [Fault("/jobs$", "POST", status=503)]
        assert provider.start(second).id != first.id
        assert len(server.jobs) == 2


def test_without_tokens_a_doubtful_job_is_left_to_the_user():
    with OpenAIServer(keeps_metadata=False) as server:
        provider = provider_at(server)
        server.files["file-1"] = {"id": "file-1"}
        for token in ("a" * 24, "b" * 24):
            provider.start(request_for(KIND, "file-1", token=token))
        server.faults = [Fault("/jobs$", "POST", reset="lost")]
        with pytest.raises(ProviderError, match="more than one of its jobs can be the one") as caught:
            provider.start(request_for(KIND, "file-1", token="c" * 24))
        assert "ftjob-0003" in caught.value.message
        assert not caught.value.undone


def test_an_old_job_is_not_taken_for_a_new_one():
    with OpenAIServer(keeps_metadata=False) as server:
        provider = provider_at(server)
        server.files["file-1"] = {"id": "file-1"}
        job = provider.start(request_for(KIND, "file-1"))
        later = request_for(KIND, "file-1", asked=datetime.now(UTC) + timedelta(minutes=11))
        assert provider.find_job(later) == []
        assert [one.id for one in provider.find_job(request_for(KIND, "file-1"))] == [job.id]
        assert provider.find_job(request_for(KIND, "file-2")) == []


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(openai_upload, "PART_BYTES", 1000)


@pytest.mark.parametrize(
    "faults",
    [
        [],
        [Fault("/parts$", "POST", reset="half"), Fault("/parts$", "POST", status=500)],
        [Fault("/parts$", "POST", reset="lost")],
        [Fault("/complete$", "POST", reset="lost")],
        [Fault("/uploads$", "POST", status=429, headers={"retry-after-ms": "1500"})],
    ],
    ids=[
        "nothing goes wrong",
        "parts are lost",
        "an answer to a part is lost",
        "the last answer is lost",
        "rate limit",
    ],
)
def test_a_large_file_is_sent_in_parts(tmp_path, small_parts, faults):
    train = training_file(tmp_path, 100)
    with OpenAIServer() as server:
        server.faults = faults
        sent: list[int] = []
        remote = provider_at(server, parts_above=1000).upload(train, sent.append)
        assert server.contents == {remote.id: train.path.read_bytes()}
        assert sent[-1] == train.bytes
        assert len(server.uploads) == 1
        assert (remote.name, remote.ready) == (train.name, True)


def test_a_file_of_azure_is_waited_for(tmp_path):
    with OpenAIServer(azure=True) as server:
        provider = provider_at(server, name="azure")
        remote = provider.upload(training_file(tmp_path), nothing)
        assert not remote.ready
        assert not provider.file(remote.id).ready
        assert provider.file(remote.id).ready
        server.files[remote.id]["status"] = "error"
        assert provider.file(remote.id).problem
        assert provider.find_file(training_file(tmp_path)) is None, "a file that was refused is no file to use"


def test_a_server_that_lists_no_files_is_uploaded_to(tmp_path):
    with OpenAIServer() as server:
        server.faults = [Fault("/files$", "GET", times=9, status=405)]
        assert provider_at(server).find_file(training_file(tmp_path)) is None


def test_an_empty_purse_is_not_waited_for(tmp_path):
    waits = Waits()
    with OpenAIServer() as server:
        body = b'{"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": "insufficient_quota"}}'
        server.faults = [Fault("/jobs$", "POST", status=429, headers={"retry-after": "1"}, body=body)]
        with pytest.raises(ProviderError, match="exceeded your current quota") as caught:
            provider_at(server, waits).start(request_for(KIND, "file-1"))
    assert (waits.seconds, caught.value.passing, caught.value.undone) == ([], False, True)
    assert "no credit left" in caught.value.hint


def test_an_account_that_is_shut_out_is_told_apart():
    with OpenAIServer() as server:
        server.shut_out = True
        with pytest.raises(ProviderError) as caught:
            provider_at(server).start(request_for(KIND, "file-1"))
    assert (caught.value.status, caught.value.code, caught.value.undone) == (403, "training_not_available", True)


def test_what_a_job_is_asked_for():
    with OpenAIServer() as server:
        server.files |= {"file-1": {"id": "file-1"}, "file-2": {"id": "file-2"}}
        provider = provider_at(server)
        extra = {"learning_rate_multiplier": 0.1, "trainingType": "globalStandard"}
        settings = Settings(epochs=3, batch_size=4, seed=7, suffix="values", extra=extra)
        provider.start(request_for(KIND, "file-1", "file-2", settings=settings))
        provider.start(request_for(KIND, "file-1", method="dpo", settings=Settings(extra={"beta": 0.2})))
        first, second = (one.json for one in server.requests if one.method == "POST")
        hyperparameters = {"n_epochs": 3, "batch_size": 4, "learning_rate_multiplier": 0.1}
        assert first == {
            "model": KIND.model,
            "training_file": "file-1",
            "validation_file": "file-2",
            "method": {"type": "supervised", "supervised": {"hyperparameters": hyperparameters}},
            "metadata": {"palms_request": "0123456789abcdef01234567"},
            "seed": 7,
            "suffix": "values",
            "trainingType": "globalStandard",
        }
        assert second["method"] == {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.2}}}
        assert "validation_file" not in second


@pytest.mark.parametrize(
    "settings", [Settings(lora_rank=8), Settings(learning_rate=1e-5), Settings(suffix="x" * 65)], ids=str
)
def test_settings_that_openai_does_not_take_are_refused_before_anything_is_sent(settings):
    with OpenAIServer() as server:
        with pytest.raises(UsageError):
            provider_at(server).check(request_for(KIND, "", settings=settings))
        assert server.requests == []


def test_the_place_tells_projects_apart(monkeypatch):
    with OpenAIServer() as server:
        assert provider_at(server).place == server.base
        monkeypatch.setenv("OPENAI_PROJECT_ID", "proj_1")
        assert provider_at(server).place == f"{server.base} proj_1"


def test_a_file_of_the_same_name_and_another_size_is_another(tmp_path):
    train = training_file(tmp_path)
    with OpenAIServer() as server:
        provider = provider_at(server)
        provider.upload(train, nothing)
        assert provider.find_file(replace(train, bytes=train.bytes + 1)) is None


@pytest.mark.parametrize("package", ["openai", "httpx"])
def test_a_client_that_is_not_installed_is_named_with_what_brings_it(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    given = ("x", "https://example.org/v1", Secret("k"), "K")
    make = {"openai": lambda: Client(*given), "httpx": lambda: Http(*given, Waits().retries())}[package]
    with pytest.raises(MissingExtra, match=f"{package} is not installed") as caught:
        make()
    assert caught.value.hint == "install it with: pip install 'palms-spec[providers]'"
