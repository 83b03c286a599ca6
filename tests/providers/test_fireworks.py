from __future__ import annotations

import pytest

from palms_spec.errors import UsageError
from palms_spec.providers.fireworks import Fireworks
from palms_spec.providers.fireworks_records import metrics_rows
from palms_spec.providers.http import Http
from palms_spec.providers.provider import Settings
from palms_spec.providers.secrets import Secret
from tests.providers.clients import KINDS, Waits, ready, request_for, training_file
from tests.providers.fireworks_server import ACCOUNT, FireworksServer
from tests.providers.loopback import Fault

KIND = KINDS[2]


def nothing(sent: int) -> None:
    """Hears how much was sent."""


@pytest.fixture
def server():
    with FireworksServer() as server:
        yield server


def provider_at(server, at_once=150_000_000):
    http = Http("fireworks", server.base, Secret(server.KEY), "FIREWORKS_API_KEY", Waits().retries())
    return Fireworks(http, ACCOUNT, at_once)


@pytest.mark.parametrize("reset", ["", "early", "half", "lost"])
def test_a_large_file_goes_to_an_address_of_its_own(server, tmp_path, reset):
    train = training_file(tmp_path, 2_000)
    if reset:
        server.faults = [Fault("/signed/", "PUT", reset=reset)]
    remote = provider_at(server, at_once=1_000).upload(train, nothing)
    assert server.contents == {remote.id: train.path.read_bytes()}
    assert server.count("POST", ":upload$") == 0
    assert server.count("POST", ":validateUpload$") == 1


def test_the_same_bytes_are_one_dataset(server, tmp_path):
    provider = provider_at(server)
    first = provider.upload(training_file(tmp_path), nothing)
    assert provider.upload(training_file(tmp_path), nothing).id == first.id
    assert len(server.datasets) == 1
    assert provider.upload(training_file(tmp_path, 21), nothing).id != first.id


def test_a_dataset_that_is_found_wanting_says_why(server, tmp_path):
    server.invalid = "row 3 has no role"
    provider = provider_at(server)
    remote = provider.upload(training_file(tmp_path), nothing)
    found = provider.file(remote.id)
    assert found.problem == "row 3 has no role"
    assert provider.find_file(training_file(tmp_path)) is None


def test_a_request_that_is_made_twice_is_one_job(server, tmp_path):
    provider = provider_at(server)
    remote = provider.upload(training_file(tmp_path), nothing)
    ready(provider, remote.id)
    request = request_for(KIND, remote.id)
    first, second = provider.start(request), provider.start(request)
    assert first.id == second.id == "palms-0123456789abcdef01234567"
    assert len(server.jobs) == 1
    assert (first.token, first.cost.dollars) == (request.token, 1.75)


def test_answers_that_are_compared_are_a_job_of_another_kind(server, tmp_path):
    provider = provider_at(server)
    remote = provider.upload(training_file(tmp_path), nothing)
    ready(provider, remote.id)
    settings = Settings(epochs=1, lora_rank=8, extra={"maxContextLength": 4096})
    request = request_for(KIND, remote.id, method="dpo", model="qwen3-8b", settings=settings)
    provider.check(request)
    job = provider.start(request)
    assert job.id == "dpoJobs/palms-0123456789abcdef01234567"
    (body,) = (one.json for one in server.requests if one.path.endswith("/dpoJobs"))
    assert body == {
        "dataset": f"accounts/acme/datasets/{remote.id}",
        "trainingConfig": {
            "baseModel": "accounts/fireworks/models/qwen3-8b",
            "epochs": 1,
            "loraRank": 8,
            "maxContextLength": 4096,
        },
    }
    while not job.final:
        job = provider.job(job.id)
    assert job.result.startswith("accounts/acme/models/")
    assert [event.metrics["train_loss"] for event in provider.events(job.id, "") if event.metrics] == [
        2.0,
        1.0,
        0.6667,
        0.5,
    ]
    with pytest.raises(UsageError, match="no validation file for dpo"):
        provider.check(request_for(KIND, "", "", method="dpo"))
    with pytest.raises(UsageError, match="no seed"):
        provider.check(request_for(KIND, "", settings=Settings(seed=1)))


def test_jobs_of_both_kinds_come_from_all_pages(server, tmp_path):
    server.page = 2
    provider = provider_at(server)
    remote = provider.upload(training_file(tmp_path), nothing)
    ready(provider, remote.id)
    for number in range(5):
        method = "dpo" if number % 2 else "sft"
        provider.start(request_for(KIND, remote.id, token=f"{number:024}", method=method))
    found = provider.jobs(10)
    assert [job.token[-1] for job in found] == ["4", "3", "2", "1", "0"]
    assert [job.id for job in provider.jobs(2)] == [job.id for job in found[:2]]


@pytest.mark.parametrize(
    ("content", "losses"),
    [
        (b'{"step": 1, "loss": 2.5}\n{"step": 2, "train/loss": 1.5}\n', [2.5, 1.5]),
        (b'[{"loss": 2.5}, {"loss": 1.5}]', [2.5, 1.5]),
        (b'{"loss": 2.5}\nhalf a li', [2.5]),
        (b'{"loss": NaN}\n{"loss": "1"}\n', []),
        (b"\xff\xfe\x00", []),
        (b"", []),
        (b"<Error>AccessDenied</Error>", []),
    ],
    ids=["rows", "a list", "half a line", "no numbers", "no text", "nothing", "no metrics"],
)
def test_metrics_are_read_as_far_as_they_can_be(content, losses):
    assert [row["train_loss"] for row in metrics_rows(content)] == losses
