"""What cannot be trained is said before the first step, with the line and the sample."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.training.local.local_jobs import job_folder, messages, started
from tests.training.local.tiny_models import make_model

pytestmark = pytest.mark.slow


def failed(folder, *asked, **given):
    job = started(folder, *asked, **given)
    assert (job.state, job.result) == ("failed", "")
    assert not job_folder(folder, job).result.exists()
    assert job.error.startswith(messages(folder, job)[-1])
    return job.error


def test_a_row_that_is_too_long_names_its_sample(tmp_path, base, compiled):
    error = failed(tmp_path, base, compiled["few"], max_tokens=100)
    first = json.loads((compiled["few"] / "lines.jsonl").read_text().splitlines()[0])["sample"]
    assert error.startswith(f"line 1 of the training rows, sample {first}: it has ")
    assert error.endswith("room for 100 (shorten the sample, or set max_tokens if the model takes more)")


def test_a_model_with_little_room_refuses_long_rows(tmp_path, texts, compiled):
    model = make_model(tmp_path / "base", texts, room=64)
    assert "there is room for 64" in failed(tmp_path / "jobs", model, compiled["few"])


def test_a_model_without_a_chat_template_refuses_messages(tmp_path, texts, compiled):
    model = make_model(tmp_path / "base", texts, chat=False)
    assert "compile with --shape prompt-completion" in failed(tmp_path / "jobs", model, compiled["few"])


def test_a_loss_that_is_no_number_ends_the_job(tmp_path, base, compiled):
    error = failed(tmp_path, base, compiled["few"], learning_rate=1e30, max_gradient=0.0)
    assert error.startswith("the loss is no number at step")
    assert error.endswith("(lower learning_rate)")


def test_a_folder_without_a_tokenizer_is_no_model(tmp_path, base, compiled):
    model = tmp_path / "base"
    shutil.copytree(base, model, ignore=shutil.ignore_patterns("token*", "chat*"))
    assert "tokenizer" in failed(tmp_path / "jobs", model, compiled["few"])


def test_weights_that_are_cut_off_are_no_model(tmp_path, base, compiled):
    model = tmp_path / "base"
    shutil.copytree(base, model)
    weights = model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    assert "holds no model that can be trained here" in failed(tmp_path / "jobs", model, compiled["few"])


def test_weights_that_are_missing_are_not_made_up(tmp_path, base, compiled):
    from safetensors import torch as tensors

    model = tmp_path / "base"
    shutil.copytree(base, model)
    weights = tensors.load_file(model / "model.safetensors")
    del weights["model.layers.1.mlp.up_proj.weight"]
    tensors.save_file(weights, model / "model.safetensors", {"format": "pt"})
    error = failed(tmp_path / "jobs", model, compiled["few"])
    assert error.endswith("holds no weights for model.layers.1.mlp.up_proj.weight (is it whole?)")


def test_a_gpu_that_is_not_there(tmp_path, base, compiled):
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    assert failed(tmp_path, base, compiled["few"], device="gpu").startswith("torch finds no GPU here")


def test_a_failed_job_is_tried_again_when_it_is_asked_for_again(tmp_path, base, compiled, monkeypatch):
    from palms_spec.training.local import training

    with monkeypatch.context() as broken:
        broken.setattr(training, "adapters_for", lambda settings: 1 / 0)
        assert "ZeroDivisionError" in started(tmp_path, base, compiled["few"], epochs=1).error
    assert started(tmp_path, base, compiled["few"], epochs=1).state == "succeeded"
