"""The vendors' own clients talk to the servers that our tests of providers talk to: so these speak as the vendors do."""

from __future__ import annotations

import json

import pytest

from tests.providers.fireworks_server import ACCOUNT, FireworksServer
from tests.providers.loopback import KEY
from tests.providers.together_server import TogetherServer

pytestmark = pytest.mark.readers


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "train.jsonl"
    row = {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}
    path.write_text("".join(json.dumps({**row}) + "\n" for _ in range(20)))
    return path


def test_the_client_of_together(rows):
    together = pytest.importorskip("together", reason="the client of Together is not installed")
    with TogetherServer() as server:
        client = together.Together(api_key=KEY, base_url=server.base, max_retries=0)
        file = client.files.upload(rows, purpose="fine-tune")
        assert client.files.upload(rows, purpose="fine-tune").id == file.id
        assert list(server.contents.values()) == [rows.read_bytes()]
        assert client.files.retrieve(file.id).processing_status == "COMPLETED"
        price = client.fine_tuning.estimate_price(training_file=file.id, model="m")
        assert price.estimated_total_price == server.price
        job = client.fine_tuning.create(training_file=file.id, model="Qwen/Qwen3-8B", n_epochs=2)
        for _ in server.plan:
            job = client.fine_tuning.retrieve(job.id)
        assert (job.status, job.x_model_output_name) == ("completed", "me/Qwen3-8B-ft-0001")
        assert client.fine_tuning.list_events(job.id).data[-1].type == "training_complete"
        assert client.fine_tuning.list_metrics(job.id).metrics[0] == {
            "train/global_step": 1,
            "train/loss": 2.0,
            "train/epoch": 0.25,
        }
        assert [one.id for one in client.fine_tuning.list().data] == [job.id]


def test_the_client_of_fireworks(rows):
    fireworks = pytest.importorskip("fireworks", reason="the client of Fireworks is not installed")
    with FireworksServer() as server:
        client = fireworks.Fireworks(api_key=KEY, account_id=ACCOUNT, base_url=server.base, max_retries=0)
        client.datasets.create(dataset_id="d1", dataset={"user_uploaded": {}, "format": "CHAT"})
        with rows.open("rb") as file:
            client.datasets.upload("d1", file=file)
        assert [client.datasets.get("d1").state for _ in range(2)] == ["UPLOADING", "READY"]
        client.datasets.create(dataset_id="d2", dataset={"user_uploaded": {}, "format": "CHAT"})
        given = client.datasets.get_upload_endpoint("d2", filename_to_size={"train.jsonl": "10"})
        assert "SIGNED" in given.filename_to_signed_urls["train.jsonl"]
        jobs = client.supervised_fine_tuning_jobs
        dataset = f"accounts/{ACCOUNT}/datasets/d1"
        job = jobs.create(dataset=dataset, base_model="accounts/fireworks/models/x", supervised_fine_tuning_job_id="j1")
        assert (job.estimated_cost.units, job.estimated_cost.nanos) == ("1", 750_000_000)
        for _ in server.plan:
            job = jobs.get("j1")
        assert (job.state, job.output_model) == ("JOB_STATE_COMPLETED", f"accounts/{ACCOUNT}/models/j1")
        assert [one.name for one in jobs.list()] == [f"accounts/{ACCOUNT}/supervisedFineTuningJobs/j1"]
        client.dpo_jobs.create(dataset=dataset, dpo_job_id="j2", training_config={"base_model": "x"})
        client.dpo_jobs.cancel("j2", body={})
        assert client.dpo_jobs.get("j2").state == "JOB_STATE_CANCELLED"
