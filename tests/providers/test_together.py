from __future__ import annotations

import pytest

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.answers import Answer
from palms_spec.providers.provider import Settings
from palms_spec.providers.together_records import story_of
from tests.providers.clients import KINDS, Waits, ready, request_for, training_file
from tests.providers.loopback import Fault
from tests.providers.together_server import TogetherServer

KIND = KINDS[1]


def nothing(sent: int) -> None:
    """Hears how much was sent."""


@pytest.fixture
def server():
    with TogetherServer() as server:
        yield server


@pytest.fixture
def provider(server):
    return KIND.connect(server, Waits())


def test_a_file_that_is_there_is_not_sent_again(server, provider, tmp_path):
    first = provider.upload(training_file(tmp_path), nothing)
    again = provider.upload(training_file(tmp_path), nothing)
    assert again.id == first.id
    assert server.count("PUT", "/storage/") == 1


def test_an_upload_that_was_cut_off_is_begun_anew(server, provider, tmp_path):
    train = training_file(tmp_path)
    server.faults = [Fault("/storage/", "PUT", times=99, status=503)]
    with pytest.raises(ProviderError):
        provider.upload(train, nothing)
    server.faults = []
    assert [file["bytes"] for file in server.files.values()] == [0]
    remote = KIND.connect(server, Waits()).upload(train, nothing)
    assert list(server.files) == [remote.id]
    assert server.contents[remote.id] == train.path.read_bytes()


def test_an_address_without_encryption_is_not_used(server, provider, tmp_path):
    provider._http.base = server.base.replace("http://", "https://", 1)
    with pytest.raises(ProviderError, match="not encrypted"):
        provider._http.send_to(f"{server.base}/storage/file-1", "the upload", training_file(tmp_path), nothing, {})
    assert server.requests == []


def test_a_file_that_is_found_wanting_says_why(server, provider, tmp_path):
    server.invalid = "line 3: no role"
    remote = provider.upload(training_file(tmp_path), nothing)
    assert not remote.ready
    assert provider.file(remote.id).problem == "line 3: no role"


def test_the_price_is_asked_for(server, provider, tmp_path):
    remote = provider.upload(training_file(tmp_path), nothing)
    request = request_for(KIND, remote.id)
    assert (provider.estimate(request).dollars, provider.estimate(request).note) == (0.61, "")
    server.limit = 0.5
    assert provider.estimate(request).note.startswith("it is above the limit of $0.50")
    server.price = None
    assert provider.estimate(request) is None


def test_what_a_job_is_asked_for(server, provider, tmp_path):
    ids = [
        provider.upload(training_file(tmp_path), nothing).id,
        provider.upload(training_file(tmp_path, 5, "validation"), nothing).id,
    ]
    for one in ids:
        ready(provider, one)
    settings = Settings(
        epochs=3, lora_rank=16, learning_rate=2e-5, seed=7, suffix="values", extra={"warmup_ratio": 0.1}
    )
    provider.start(request_for(KIND, *ids, settings=settings))
    (body,) = (one.json for one in server.requests if one.path == "/v1/fine-tunes")
    assert body == {
        "model": KIND.model,
        "training_file": ids[0],
        "validation_file": ids[1],
        "n_epochs": 3,
        "n_evals": 3,
        "learning_rate": 2e-5,
        "training_type": {"type": "Lora", "lora_r": 16, "lora_alpha": 32},
        "training_method": {"method": "sft", "train_on_inputs": "auto"},
        "random_seed": 7,
        "suffix": "values",
        "warmup_ratio": 0.1,
    }
    with pytest.raises(UsageError):
        provider.check(request_for(KIND, "", settings=Settings(suffix="x" * 41)))


def answers(rows):
    return [Answer(row, "together", "the events") for row in rows]


EVENTS = [
    {"created_at": "2026-11-25T12:00:00Z", "type": "training_start", "message": "start"},
    {"created_at": "2026-11-25T12:00:09Z", "type": "checkpoint_save", "message": "saved", "step": 2},
    {"created_at": "2026-11-25T12:00:10Z", "type": "training_complete", "message": "done"},
]
METRICS = [{"train/global_step": step, "train/loss": 1.0 / step} for step in (1, 2, 3, 4)]


def words(story):
    return [event.message or f"step {event.metrics['step']:.0f}" for event in story]


def test_measurements_stand_where_they_were_made():
    story = story_of(answers(EVENTS), answers(METRICS), "")
    assert words(story) == ["start", "step 1", "step 2", "saved", "step 3", "step 4", "done"]


@pytest.mark.parametrize("events", range(4))
@pytest.mark.parametrize("metrics", range(5))
def test_a_story_that_goes_on_tells_everything_once(events, metrics):
    """Whatever was there at the first look: later looks bring the rest, and nothing twice."""
    before = story_of(answers(EVENTS[:events]), answers(METRICS[:metrics]), "")
    after = before[-1].id if before else ""
    rest = story_of(answers(EVENTS), answers(METRICS), after)
    assert sorted(words(before) + words(rest)) == sorted(words(story_of(answers(EVENTS), answers(METRICS), "")))


@pytest.mark.parametrize("after", ["odd", "1", "1.x", "-1.2", "9999.9999", "²·²"])
def test_an_id_of_nobody_tells_everything_or_nothing(after):
    assert len(story_of(answers(EVENTS), answers(METRICS), after)) in (0, 7)
