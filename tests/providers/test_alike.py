"""What holds for every provider, whatever its protocol: through its real client, against a server that speaks as it
does and goes wrong as it may."""

from __future__ import annotations

import logging

import pytest

from palms_spec.errors import ProviderError, UsageError
from tests.providers.clients import KINDS, Waits, ready, request_for, training_file
from tests.providers.loopback import Fault


def nothing(sent: int) -> None:
    """Hears how much was sent."""


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request):
    return request.param


@pytest.fixture
def server(kind):
    with kind.server() as server:
        yield server


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def provider(kind, server, waits):
    return kind.connect(server, waits)


@pytest.fixture
def uploaded(provider, tmp_path):
    remote = provider.upload(training_file(tmp_path), nothing)
    ready(provider, remote.id)
    return remote.id


def contents(server):
    return list(server.contents.values())


def test_a_whole_life(kind, provider, server, tmp_path, waits):
    train, validation = training_file(tmp_path), training_file(tmp_path, 5, "validation")
    sent: list[int] = []
    ids = [provider.upload(train, sent.append).id, provider.upload(validation, nothing).id]
    assert contents(server)[:2] == [train.path.read_bytes(), validation.path.read_bytes()]
    assert sent[-1] == train.bytes
    assert sent == sorted(sent)
    for one in ids:
        ready(provider, one)
    request = request_for(kind, *ids)
    provider.check(request)
    job = provider.start(request)
    assert (job.model, job.training, job.validation, job.final) == (kind.model, *ids, False)
    states, told, after = [], [], ""
    while not job.final:
        job = provider.job(job.id)
        events = provider.events(job.id, after)
        after = events[-1].id if events else after
        states.append(job.state)
        told += events
    assert states[-1] == "succeeded"
    assert "running" in states
    assert set(states) <= {"validating", "queued", "running", "succeeded"}
    assert job.result
    assert job.created is not None
    assert len({event.id for event in told}) == len(told)
    losses = [event.metrics["train_loss"] for event in told if "train_loss" in event.metrics]
    assert len(losses) >= 4
    assert losses == sorted(losses, reverse=True)
    assert [event.metrics["step"] for event in told if "train_loss" in event.metrics] == [*range(1, len(losses) + 1)]
    assert provider.events(job.id, after) == []
    assert next(one.content for one in provider.result_files(job))
    assert [one.id for one in provider.jobs(10)] == [job.id]
    assert waits.seconds == []


def test_the_story_so_far_can_be_heard_again(kind, provider, server, uploaded):
    job = provider.start(request_for(kind, uploaded))
    while not provider.job(job.id).final:
        pass
    whole = provider.events(job.id, "")
    for number, event in enumerate(whole):
        assert [one.message for one in provider.events(job.id, event.id)] == [
            one.message for one in whole[number + 1 :]
        ]


def test_a_file_is_found_by_what_is_in_it(kind, provider, server, tmp_path, waits):
    train = training_file(tmp_path)
    assert provider.find_file(train) is None
    remote = provider.upload(train, nothing)
    ready(provider, remote.id)
    assert kind.connect(server, waits).find_file(train).id == remote.id
    assert provider.find_file(training_file(tmp_path, 21)) is None
    assert provider.file("file-unknown") is None


def test_a_rate_limit_is_waited_for_as_long_as_it_says(kind, provider, server, uploaded, waits):
    server.faults = [Fault(kind.jobs, "GET", status=429, headers={"retry-after": "7"}, body=b'{"error": "slow down"}')]
    job = provider.start(request_for(kind, uploaded))
    assert provider.job(job.id).id == job.id
    assert waits.seconds == [7.0]
    assert "429" in waits.told[0]
    assert "slow down" in waits.told[0]
    assert waits.told[0].endswith("trying again in 7 s")


def test_a_wait_that_is_too_long_is_left_to_the_user(kind, provider, server, uploaded, waits):
    server.faults = [Fault(kind.starts, "POST", status=429, headers={"retry-after": "86400"})]
    with pytest.raises(ProviderError, match="asks to wait 86,400 seconds") as caught:
        provider.start(request_for(kind, uploaded))
    assert caught.value.undone
    assert (waits.seconds, server.jobs) == ([], {})


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_a_server_that_fails_is_asked_again(kind, provider, server, uploaded, waits, status):
    job = provider.start(request_for(kind, uploaded))
    server.faults = [Fault(kind.jobs, "GET", times=3, status=status, body=b"<html><b>Bad Gateway</b></html>")]
    assert provider.job(job.id).id == job.id
    assert waits.seconds == [0.5, 1.0, 2.0]
    assert not any("<html>" in told for told in waits.told)


def test_a_server_that_keeps_failing_is_given_up(kind, provider, server, uploaded, waits):
    server.faults = [Fault(kind.starts, "POST", times=99, status=503)]
    with pytest.raises(ProviderError, match="503") as caught:
        provider.start(request_for(kind, uploaded))
    assert (len(waits.seconds), caught.value.passing, caught.value.undone) == (5, True, False)


@pytest.mark.parametrize("reset", ["early", "half", "lost"])
def test_an_upload_whose_connection_breaks_ends_with_one_file(kind, provider, server, tmp_path, waits, reset):
    train = training_file(tmp_path, 3_000)
    server.faults = [Fault(kind.uploads, times=2, reset=reset, method="PUT" if kind.name == "together" else "POST")]
    remote = provider.upload(train, nothing)
    ready(provider, remote.id)
    assert contents(server) == [train.path.read_bytes()]
    assert 1 <= len(waits.seconds) <= 2


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"reset": "lost"}, id="the connection breaks before the answer"),
        pytest.param({"garbled": b"<html>gateway</html>"}, id="the answer is no JSON"),
        pytest.param({"garbled": b'{"object": "nothing"}'}, id="the answer is no job"),
        pytest.param({"garbled": b"[1, 2]"}, id="the answer is a list"),
        pytest.param({"garbled": b'{"id": 7, "status": null}'}, id="the answer has other types"),
    ],
)
def test_a_job_whose_answer_is_lost_is_started_once(kind, provider, server, uploaded, waits, fault):
    server.faults = [Fault(kind.starts, "POST", **fault)]
    job = provider.start(request_for(kind, uploaded))
    assert len(server.jobs) == 1
    assert job.id in next(iter(server.jobs))
    assert provider.job(job.id).training == uploaded


@pytest.mark.parametrize("reset", ["early", "half"])
def test_a_job_that_was_never_asked_for_is_started(kind, provider, server, uploaded, reset):
    server.faults = [Fault(kind.starts, "POST", times=2, reset=reset)]
    job = provider.start(request_for(kind, uploaded))
    assert job.id in next(iter(server.jobs))
    assert len(server.jobs) == 1


def test_the_next_call_finds_the_job_of_a_lost_answer(kind, server, uploaded, waits):
    hasty = kind.connect(server, waits)
    request = request_for(kind, uploaded)
    assert hasty.find_job(request) == []
    server.faults = [
        Fault(kind.starts, "POST", reset="lost"),
        Fault(kind.jobs + "|" + kind.starts, times=99, status=503),
    ]
    with pytest.raises(ProviderError) as caught:
        hasty.start(request)
    assert not caught.value.undone
    server.faults = []
    (found,) = kind.connect(server, waits).find_job(request)
    assert found.id in next(iter(server.jobs))


def test_a_slow_answer_is_not_waited_for_forever(kind, server, uploaded, waits):
    hasty = kind.connect(server, waits, answer_seconds=0.3)
    job = hasty.start(request_for(kind, uploaded))
    server.faults = [Fault(kind.jobs, "GET", slow=1.0)]
    assert hasty.job(job.id).id == job.id
    assert waits.seconds == [0.5]
    assert "nothing for" in waits.told[0]


def test_an_answer_that_breaks_off_is_asked_for_again(kind, provider, server, uploaded, waits):
    job = provider.start(request_for(kind, uploaded))
    server.faults = [Fault(kind.jobs, "GET", reset="lost"), Fault(kind.jobs, "GET", garbled=b'{"id": "')]
    assert provider.job(job.id).id == job.id
    assert len(waits.seconds) == 2


def test_nobody_at_the_address_is_said_at_once(kind, server, waits, tmp_path):
    gone = kind.connect(server, waits)
    server.__exit__()
    with pytest.raises(ProviderError, match=r"no connection to 127\.0\.0\.1") as caught:
        gone.find_file(training_file(tmp_path))
    assert caught.value.undone


def test_a_wrong_key_is_refused_without_being_quoted(kind, server, waits, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    server.KEY = "sk-the-right-one"
    stranger = kind.connect(server, waits, key="sk-wrong-SECRET-42")
    with pytest.raises(ProviderError, match=f"does not accept the key in {kind.key}") as caught:
        stranger.find_file(training_file(tmp_path))
    assert waits.seconds == []
    shown = f"{caught.value.message} {caught.value.hint} {caught.value!r} {caplog.text}"
    assert "SECRET" not in shown
    assert "sk-the-right-one" not in shown


def test_a_key_that_an_error_quotes_is_hidden(kind, provider, server, uploaded):
    server.faults = [Fault(kind.starts, "POST", status=400, body=f'{{"error": "bad {server.KEY}!"}}'.encode())]
    with pytest.raises(ProviderError, match=r"bad \[hidden\]!"):
        provider.start(request_for(kind, uploaded))


def test_nothing_secret_is_logged(kind, provider, server, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    remote = provider.upload(training_file(tmp_path), nothing)
    ready(provider, remote.id)
    job = provider.start(request_for(kind, remote.id))
    while not provider.job(job.id).final:
        provider.events(job.id, "")
    [*provider.result_files(job)]
    assert "SECRET" not in caplog.text


def test_a_job_that_fails_says_why(kind, provider, server, uploaded):
    server.plan = ("failed",) if kind.name == "openai" else ("error",) if kind.name == "together" else ("FAILED",)
    job = provider.start(request_for(kind, uploaded))
    while not job.final:
        job = provider.job(job.id)
    assert job.state == "failed"
    assert job.error
    assert any(event.level == "error" for event in provider.events(job.id, ""))


def test_a_job_that_is_cancelled_ends(kind, provider, server, uploaded):
    job = provider.start(request_for(kind, uploaded))
    stopped = provider.cancel(job.id)
    assert stopped.state in ("cancelling", "cancelled")
    assert provider.job(job.id).state == "cancelled"
    with pytest.raises(ProviderError):
        provider.cancel(job.id)


def test_a_word_for_a_state_that_is_new_counts_as_not_over(kind, provider, server, uploaded):
    word = {"openai": "hatching", "together": "hatching", "fireworks": "HATCHING"}[kind.name]
    server.plan = (word,)
    job = provider.start(request_for(kind, uploaded))
    job = provider.job(job.id)
    assert (job.state, job.word, job.final) == ("unknown", "hatching", False)


@pytest.mark.parametrize(
    "name", ["../../v1/files", "a b", "%2e%2e", "..", ".", "\ud800", "ü", "x?y=z#w", "", "\r\nx: y"]
)
def test_an_odd_id_asks_for_nothing_else(kind, provider, server, name):
    with pytest.raises(ProviderError):
        provider.job(name)
    jobs = {"openai": "/v1/fine_tuning/jobs/", "together": "/v1/fine-tunes/"}
    for request in server.requests:
        prefix = jobs.get(kind.name, "/v1/accounts/acme/supervisedFineTuningJobs/")
        assert request.path.startswith(prefix)
        assert "/" not in request.path.removeprefix(prefix)


def test_a_file_that_changes_while_it_is_sent_is_not_taken_for_what_it_was(kind, provider, tmp_path):
    train = training_file(tmp_path, 3_000)
    changed = train.path.read_bytes().replace(b'"train"', b'"other"', 1)
    train.path.write_bytes(changed)
    with pytest.raises((UsageError, ProviderError)):
        provider.upload(train, nothing)
