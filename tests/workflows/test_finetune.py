"""Files and jobs are handed over once, whatever ends the process and whenever."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from hashlib import sha256

import pytest

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.openai_compatible import OpenAICompatible
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.provider import Settings
from palms_spec.providers.secrets import Secret
from palms_spec.training.ledger import LEDGER_FILE
from palms_spec.training.portable import NotPortable
from palms_spec.workflows import finetune_start
from palms_spec.workflows.finetune import provider_for
from palms_spec.workflows.finetune_files import NotSent, NotVerified, prepared_files
from palms_spec.workflows.finetune_providers import Connection
from palms_spec.workflows.finetune_refused import living
from tests.providers.clients import KINDS, Waits
from tests.providers.loopback import Fault
from tests.providers.openai_server import OpenAIServer
from tests.workflows.finetuning import TODAY, Killed, User, compiled, killed


@pytest.fixture
def server():
    with OpenAIServer() as server:
        yield server


def openai_at(server):
    client = Client("openai", server.base, Secret(server.KEY), "OPENAI_API_KEY")
    return OpenAICompatible("openai", client, Waits().retries(), 10**9)


@pytest.fixture
def user(server, tmp_path):
    return User(openai_at(server), compiled(tmp_path))


def test_a_job_is_started_with_the_files_of_the_folder(user, server):
    started = user.start(settings=Settings(epochs=2))
    assert started.how == "started"
    assert [file["filename"].split("-")[1] for file in server.files.values()] == ["train", "validation"]
    assert server.contents["file-0001"] == (user.folder / "train.jsonl").read_bytes()
    (entry,) = user.ledger.jobs
    assert (entry.id, entry.state, entry.dataset, entry.verified) == (started.job.id, "validating", "small", True)
    assert entry.settings == {"epochs": 2}
    assert entry.folder == "build/small/openai"
    assert [file.id for file in user.ledger.files] == ["file-0001", "file-0002"]
    (plan,) = user.plans
    assert [(one.split, one.rows) for one in plan.files] == [("train", 30), ("validation", 7)]


def test_the_same_job_is_not_started_twice(user, server):
    first = user.start()
    again = user.start()
    assert (again.how, again.job.id) == ("there", first.job.id)
    assert len(user.plans) == 1, "nobody is asked about a job that is there"
    while not user.provider.job(first.job.id).final:
        pass
    assert user.start().how == "there", "nor when it has succeeded"
    assert user.start(again=True).how == "started"
    assert len(server.jobs) == 2
    assert [entry.id for entry in user.ledger.jobs] == ["ftjob-0001", "ftjob-0002"]


@pytest.mark.parametrize(
    "other",
    [{"settings": Settings(epochs=3)}, {"model": "gpt-4.1-nano"}, {"settings": Settings(extra={"x": 1})}],
    ids=str,
)
def test_another_job_on_the_same_files_is_another(user, server, other):
    user.start()
    assert user.start(**other).how == "started"
    assert len(server.files) == 2


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_job_that_came_to_nothing_is_started_anew(user, server, state):
    server.plan = (state,)
    first = user.start()
    second = user.start()
    assert second.how == "started"
    assert second.job.id != first.job.id
    assert len({entry.token for entry in user.ledger.jobs}) == 2


def test_a_job_that_the_provider_has_no_longer_is_started_anew(user, server):
    user.start()
    server.jobs.clear()
    assert user.start().how == "started"


def test_nothing_is_started_without_consent(user, server):
    user.agrees = False
    assert user.start() is None
    assert server.jobs == {}
    assert user.ledger.jobs == []
    assert len(server.files) == 2, "the files stay"
    user.agrees = True
    assert user.start().how == "started"
    assert len(server.files) == 2


ENDS = [
    pytest.param("before the file is sent", id="before the file is sent"),
    pytest.param("after the file was sent", id="after the file was sent"),
    pytest.param("before the job is asked for", id="before the job is asked for"),
    pytest.param("after the job was asked for", id="after the job was asked for"),
    pytest.param("before the answer is written", id="before the answer is written"),
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_whenever_a_process_ends_nothing_is_lost_and_nothing_doubled(kind, end, tmp_path, monkeypatch):
    with kind.server() as server:
        provider = kind.connect(server, Waits())
        user = User(provider, compiled(tmp_path, kind.name), connection=Connection(kind.name))
        with monkeypatch.context() as patch:
            if "file" in end:
                patch.setattr(provider, "upload", killed(provider.upload, after="after" in end))
            elif "answer" in end:
                patch.setattr(finetune_start, "note_job", killed(finetune_start.note_job, after=False))
            else:
                patch.setattr(provider, "start", killed(provider.start, after="after" in end))
            with pytest.raises(Killed):
                user.start(model=kind.model)
        ledger = user.ledger
        if "file" in end:
            assert (ledger.files[0].id, ledger.jobs) == (None, [])
        else:
            assert ledger.jobs[0].id is None
        later = User(kind.connect(server, Waits()), user.folder, connection=user.connection)
        started = later.start(model=kind.model)
        assert started.how == ("found" if "answer" in end or "after the job" in end else "started")
        assert started.how != "found" or later.slept == [], "a job that is there is not waited for"
        assert len(server.jobs) == 1
        assert started.job.id in next(iter(server.jobs))
        assert len({len(content) for content in server.contents.values()}) == len(server.contents) == 2
        assert [entry.id for entry in later.ledger.jobs] == [started.job.id]
        assert all(entry.id for entry in later.ledger.files)
        assert later.start(model=kind.model).how == "there"


def test_a_job_that_may_still_appear_is_waited_for(user, server, monkeypatch):
    """The process ends, the provider takes its time, and the next call comes at once."""
    monkeypatch.setattr(user.provider, "start", killed(user.provider.start, after=True))
    with pytest.raises(Killed):
        user.start()
    hidden = dict(server.jobs)
    server.jobs.clear()
    later = User(openai_at(server), user.folder, meanwhile=lambda: server.jobs.update(hidden))
    assert later.start().how == "found"
    assert len(later.slept) == 1
    assert 0 < later.slept[0] <= 15
    assert "to look again" in later.told[0]


def test_a_refusal_leaves_no_trace_of_a_job(user, server):
    server.faults = [Fault("/jobs$", "POST", status=400, body=b'{"error": {"message": "no such model"}}')]
    with pytest.raises(ProviderError, match="no such model"):
        user.start()
    assert user.ledger.jobs == []
    assert user.start().how == "started"
    assert user.slept == [], "it is known that there is no job to wait for"


def test_what_is_not_certain_is_said_and_cleared_up_by_the_next_call(user, server):
    server.faults = [Fault("/jobs$", "POST", reset="lost"), Fault("/jobs$", times=99, status=503)]
    with pytest.raises(ProviderError, match="not certain whether there is a job now") as caught:
        user.start()
    assert "call the same command again" in caught.value.hint
    server.faults = []
    assert user.start().how == "found"
    assert len(server.jobs) == 1


def test_files_are_known_by_their_bytes_without_the_ledger(user, server):
    user.start()
    (user.root / LEDGER_FILE).unlink()
    assert user.start(again=True).how == "started"
    assert len(server.files) == 2


def test_a_file_that_was_deleted_there_is_sent_again(user, server):
    user.start()
    del server.files["file-0001"]
    assert user.start(again=True).how == "started"
    assert user.ledger.files[-1].id == "file-0003"
    assert len(user.ledger.files) == 2


def test_files_that_were_changed_are_not_sent(user, server):
    (user.folder / "train.jsonl").write_bytes((user.folder / "train.jsonl").read_bytes() + b"{}\n")
    with pytest.raises(NotVerified, match="the files are others than their manifest says") as caught:
        user.start()
    assert caught.value.verified.differences[0].path == "train.jsonl"
    with pytest.raises(NotVerified):
        prepared_files(user.folder, "openai", unverified=True)
    assert server.requests == []


def test_files_whose_sources_were_changed_are_sent_only_on_request(user, server):
    rows = user.root / "data/samples/rows.jsonl"
    rows.write_text(rows.read_text().replace("Question 1?", "Question one?"))
    with pytest.raises(NotVerified, match=r"the sources have changed since: data/samples/rows\.jsonl: ") as caught:
        user.start()
    assert "palms compile small --target openai, or send it as it is with --unverified" in caught.value.hint
    prepared = prepared_files(user.folder, "openai", unverified=True)
    assert prepared.verified.differences
    assert server.requests == []


def forged(folder, change):
    """Training rows changed by hand, with a manifest that was made to agree with them."""
    path = folder / "train.jsonl"
    old, new = path.read_bytes(), change(path.read_bytes())
    manifest = (folder / "manifest.json").read_text()
    manifest = manifest.replace(sha256(old).hexdigest(), sha256(new).hexdigest())
    path.write_bytes(new)
    (folder / "manifest.json").write_text(manifest)


def test_every_line_is_read_back_before_it_is_sent(user, server):
    forged(user.folder, lambda data: data.replace(b"\n", b"\r\n", 1))
    with pytest.raises(NotPortable, match="carriage return"):
        prepared_files(user.folder, "openai", unverified=True)


def test_every_row_is_checked_for_the_target_before_it_is_sent(user, server):
    forged(user.folder, lambda data: data.replace(b'"role":"user"', b'"role":"human"'))
    with pytest.raises(NotSent, match=r"not as openai takes it: line 1: .* and 2[67] more") as caught:
        prepared_files(user.folder, "openai", unverified=True)
    assert caught.value.exit_code == 1
    assert "palms check" in caught.value.hint
    assert server.requests == []


def test_the_test_split_stays_here(user, server):
    user.start()
    rows = (user.folder / "test.jsonl").read_bytes().splitlines()
    assert rows
    sent = b"".join(server.contents.values())
    assert not any(row in sent for row in rows)


def test_the_validation_file_can_stay_here(user, server, tmp_path):
    prepared = prepared_files(user.folder, "openai", validation=False)
    assert list(prepared.files) == ["train"]


@pytest.mark.parametrize(
    ("target", "provider", "said"),
    [("trl", "openai", "openai takes files for openai"), ("openai", "together", "together takes files for together")],
)
def test_files_for_somebody_else_are_refused(tmp_path, target, provider, said):
    with pytest.raises(UsageError, match=said) as caught:
        prepared_files(compiled(tmp_path, target), provider)
    assert f"palms compile small --target {provider}" in caught.value.hint


def test_a_target_that_palms_does_not_talk_to_says_how_to_upload(tmp_path):
    with pytest.raises(UsageError, match="compiled for vertex, to which palms does not talk") as caught:
        provider_for(compiled(tmp_path, "vertex"))
    assert caught.value.hint


def test_an_account_that_is_shut_out_hears_where_else_to_go(user, server):
    server.shut_out = True
    with pytest.raises(ProviderError, match="openai starts no more jobs for this account") as caught:
        user.start()
    hint = caught.value.hint
    assert "no new jobs for anyone after 2027-01-06" in hint
    assert "These still train: azure, together, fireworks" in hint
    assert "palms compile small --target azure" in hint
    assert user.ledger.jobs == []


def test_living_targets_are_those_of_the_profiles():
    assert living("sft", TODAY)[:3] == ["azure", "together", "fireworks"]
    assert "openai" not in living("sft", TODAY), "it is closing"
    assert "trl" not in living("sft", TODAY), "that is no provider"
    assert set(living("dpo", TODAY)) <= set(living("sft", TODAY))
    assert "vertex" in living("sft", date(2030, 1, 1))


def test_a_file_that_the_provider_refuses_ends_it(tmp_path):
    with KINDS[1].server() as server:
        server.invalid = "line 3: no role"
        user = User(
            KINDS[1].connect(server, Waits()), compiled(tmp_path, "together"), connection=Connection("together")
        )
        with pytest.raises(ProviderError, match=r"together does not take small-train-.*: line 3: no role"):
            user.start(model="m")
        assert server.jobs == {}


def test_the_price_of_the_provider_is_shown_with_its_day(tmp_path):
    with KINDS[1].server() as server:
        user = User(
            KINDS[1].connect(server, Waits()), compiled(tmp_path, "together"), connection=Connection("together")
        )
        user.start(model="m")
        cost = user.plans[0].quote.cost
        assert (cost.dollars, cost.by) == (0.61, "together's own estimate, 2026-11-25")
        assert user.ledger.jobs[0].cost.dollars == 0.61
        server.faults = [Fault("/estimate-price", status=400, body=b'{"error": {"message": "unknown model"}}')]
        user.start(model="other")
        assert "unknown model" in user.plans[1].quote.unknown


def test_a_price_of_ones_own_is_reckoned_with(user, server):
    user.start(settings=Settings(epochs=3), price=10.0)
    user.start(price=10.0)
    tokens = user.plans[0].files[0].tokens
    assert user.plans[0].quote.cost.dollars == pytest.approx(tokens * 3 * 10 / 1e6)
    assert user.plans[1].quote.cost.dollars == pytest.approx(tokens * 10 / 1e6)
    assert "for one epoch" in user.plans[1].quote.cost.note
    assert user.plans[0].quote.cost.by == "the price that you gave, 2026-11-25"


def test_a_price_that_nobody_knows_is_called_so(user, server):
    user.start()
    assert user.plans[0].quote.cost is None
    assert "no table of prices" in user.plans[0].quote.unknown


HOLDING = """
import sys, time
from pathlib import Path
from palms_spec.workflows.finetune_upload import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_processes_do_not_start_jobs_at_once(user, server):
    other = subprocess.Popen([sys.executable, "-c", HOLDING, user.root], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match="another palms is sending files"):
            user.start()
    finally:
        other.kill()
        other.communicate()
    assert user.start().how == "started", "a lock ends with its process"


def test_a_ledger_that_is_none_stops_before_anything_is_sent(user, server):
    path = user.root / LEDGER_FILE
    path.parent.mkdir(exist_ok=True)
    for text in ("", "{", "[]", '{"palms_finetune": 2}', '{"palms_finetune": 1, "jobs": [{}]}', '{"files": 3}'):
        path.write_text(text)
        with pytest.raises(UsageError, match=r"\.palms/finetune\.json is not as palms finetune wrote it"):
            user.start()
        assert path.read_text() == text
    assert [one for one in server.requests if one.method == "POST"] == []
