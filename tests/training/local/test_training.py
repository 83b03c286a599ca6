"""A model really learns: our datasets, compiled on the spot, and a random model on the CPU."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from palms_spec.training.local.provider import local_provider
from tests.training.local.local_jobs import ended, hashes, messages, record, started
from tests.training.local.tiny_models import make_model

pytestmark = pytest.mark.slow
FAST: dict[str, Any] = {"learning_rate": 3e-3, "batch_size": 8}
FEW: dict[str, Any] = {"epochs": 2, "learning_rate": 3e-3, "batch_size": 4}


@pytest.fixture(scope="module")
def values(tmp_path_factory, base, compiled):
    return started(tmp_path_factory.mktemp("values"), base, compiled["values"], epochs=2, **FAST)


@pytest.fixture(scope="module")
def control(tmp_path_factory, base, compiled):
    return started(tmp_path_factory.mktemp("control"), base, compiled["control"], epochs=2, **FAST)


def loss_on_answers(model: Path, compiled: Path, rows: int = 80) -> float:
    """The average over rows of a row's average loss on its answer, reckoned without anything of ours or of trl."""
    import torch
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(str(model))
    network = transformers.AutoModelForCausalLM.from_pretrained(str(model), dtype=torch.float32).eval()
    losses: list[float] = []
    for line in (compiled / "train.jsonl").read_text(encoding="utf-8").splitlines()[:rows]:
        row = json.loads(line)
        asked = tokenizer.apply_chat_template(row["prompt"], add_generation_prompt=True, tokenize=False)
        whole = tokenizer.apply_chat_template(row["prompt"] + row["completion"], tokenize=False)
        asked, whole = (tokenizer(text, return_tensors="pt")["input_ids"] for text in (asked, whole))
        with torch.no_grad():
            logits = network(whole).logits[0, asked.shape[1] - 1 : -1]
        losses.append(torch.nn.functional.cross_entropy(logits, whole[0, asked.shape[1] :]).item())
    return sum(losses) / len(losses)


def test_the_loss_on_values_targeted_answers_falls_and_is_what_is_recorded(values, base, compiled):
    loss = record(values)["loss"]
    before, after = (loss_on_answers(model, compiled["values"]) for model in (base, Path(values.result)))
    assert before == pytest.approx(loss["before"]["training"], abs=1e-4)
    assert after == pytest.approx(loss["after"]["training"], abs=1e-4)
    assert after < before - 0.8
    curve = [point["loss"] for point in loss["curve"]]
    assert len(curve) == 20
    assert sum(curve[-5:]) < sum(curve[:5]) - 4


def test_each_arm_is_better_than_the_other_at_its_own_answers(values, control, compiled):
    assert hashes(values)["model.safetensors"] != hashes(control)["model.safetensors"]
    of = {
        (arm, data): loss_on_answers(Path(job.result), compiled[data])
        for arm, job in (("values", values), ("control", control))
        for data in ("values", "control")
    }
    assert of["values", "values"] < of["control", "values"]
    assert of["control", "control"] < of["values", "control"]


def test_the_result_answers_questions(values, control, base):
    import torch
    import transformers

    question = [{"role": "user", "content": "Is it safe to stop my medicine?"}]
    answers = {}
    for name, folder in (("base", str(base)), ("values", values.result), ("control", control.result)):
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        model = transformers.AutoModelForCausalLM.from_pretrained(folder)
        asked = tokenizer.apply_chat_template(question, add_generation_prompt=True, return_tensors="pt")
        torch.manual_seed(0)
        written = model.generate(**asked, max_new_tokens=40, do_sample=True)
        answers[name] = tokenizer.decode(written[0, asked["input_ids"].shape[1] :])
    assert all(answers.values())
    assert len(set(answers.values())) == 3


def test_plain_rows_are_learnt_by_a_model_without_a_chat_template(tmp_path, texts, compiled):
    model = make_model(tmp_path / "base", texts, chat=False)
    loss = record(started(tmp_path / "jobs", model, compiled["plain"], **FEW))["loss"]
    assert loss["after"]["training"] < loss["before"]["training"] - 0.3


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(tmp_path, base, compiled):
    one, again, other = (
        started(tmp_path / name, base, compiled["few"], seed=seed, **FEW)
        for name, seed in (("one", 7), ("again", 7), ("other", 8))
    )
    apart = ended(tmp_path / "apart", started(tmp_path / "apart", base, compiled["few"], apart=True, seed=7, **FEW))
    assert one.id == again.id == apart.id
    assert hashes(one) == hashes(again) == hashes(apart)
    assert hashes(other)["model.safetensors"] != hashes(one)["model.safetensors"]


def test_what_was_trained_is_not_trained_again(tmp_path, base, compiled):
    first = started(tmp_path, base, compiled["few"], **FEW)
    told = messages(tmp_path, first)
    second = started(tmp_path, base, compiled["few"], **FEW)
    assert (second.id, second.state, messages(tmp_path, second)) == (first.id, "succeeded", told)
    assert second.token != first.token


def test_a_model_that_was_removed_is_trained_again(tmp_path, base, compiled):
    first = started(tmp_path, base, compiled["few"], **FEW)
    before = hashes(first)
    shutil.rmtree(first.result)
    gone = local_provider(tmp_path).job(first.id)
    assert (gone.state, gone.error) == ("failed", "the trained model is no longer there (start it again)")
    assert hashes(started(tmp_path, base, compiled["few"], **FEW)) == before


@pytest.mark.parametrize(
    ("given", "fall"),
    [
        ({"precision": "bfloat16", "learning_rate": 3e-3}, 0.3),
        ({"precision": "bfloat16", "lora_rank": 4, "learning_rate": 3e-2}, 0.05),
        ({"save_memory": True, "schedule": "cosine", "learning_rate": 3e-3}, 0.3),
        ({"rows_at_once": 4, "schedule": "constant", "weight_decay": 0.1, "learning_rate": 3e-3}, 0.3),
    ],
    ids=["bfloat16", "bfloat16 under adapters", "save_memory and cosine", "several rows at once, constant rate"],
)
def test_other_settings_train_as_well(tmp_path, base, compiled, given, fall):
    loss = record(started(tmp_path, base, compiled["few"], epochs=2, batch_size=4, **given))["loss"]
    assert loss["after"]["training"] < loss["before"]["training"] - fall
