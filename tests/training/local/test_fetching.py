"""A model that is named as on the hub; here it is in the hub's cache already, for there is no network."""

from __future__ import annotations

import shutil

import pytest

from tests.training.local.local_jobs import record, started

pytestmark = pytest.mark.slow
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_a_model_by_name(tmp_path, base, compiled, monkeypatch):
    from huggingface_hub import constants

    repository = tmp_path / "hub/models--owner--name"
    shutil.copytree(base, repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs/main").write_text(COMMIT)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    found = record(started(tmp_path / "jobs", "owner/name", compiled["few"], epochs=1))
    assert found["base"]["model"] == "owner/name"
    assert {file["file"] for file in found["base"]["files"]} >= {"config.json", "model.safetensors", "tokenizer.json"}


def test_one_that_cannot_be_fetched(tmp_path, compiled, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    job = started(tmp_path / "jobs", "owner/other", compiled["few"], epochs=1)
    assert job.error.startswith("owner/other cannot be fetched: ")
    assert job.error.endswith("(fetch it where there is a network, and name the folder)")
