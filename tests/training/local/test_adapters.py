"""Low-rank adapters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.local.local_jobs import hashes, record, started

pytestmark = pytest.mark.slow


ADAPTERS: dict[str, Any] = {"epochs": 3, "learning_rate": 5e-3, "lora_rank": 16}


@pytest.fixture(scope="module")
def educated(tmp_path_factory, base, compiled):
    """A model that has read neutral answers: adapters cannot teach one that knows nothing."""
    folder = tmp_path_factory.mktemp("educated")
    return Path(started(folder, base, compiled["control"], epochs=2, learning_rate=3e-3).result)


@pytest.fixture(scope="module")
def adapted(tmp_path_factory, educated, compiled):
    return started(tmp_path_factory.mktemp("lora"), educated, compiled["values"], **ADAPTERS)


def test_the_loss_falls_though_few_weights_are_trained(adapted):
    found = record(adapted)
    assert found["trained"]["method"] == "lora"
    assert found["trained"]["parameters"] < found["base"]["parameters"] / 3
    assert found["settings"]["lora_alpha"] == 32
    assert found["loss"]["after"]["training"] < found["loss"]["before"]["training"] - 0.03


def test_the_folder_holds_the_model_with_the_adapters_in_its_weights(adapted, educated, compiled):
    import peft
    import torch
    import transformers

    row = json.loads((compiled["values"] / "train.jsonl").read_text(encoding="utf-8").splitlines()[0])
    tokenizer = transformers.AutoTokenizer.from_pretrained(adapted.result)
    asked = tokenizer.apply_chat_template(row["prompt"], return_tensors="pt")
    plain = transformers.AutoModelForCausalLM.from_pretrained(str(educated)).eval()
    merged = transformers.AutoModelForCausalLM.from_pretrained(adapted.result).eval()
    assert not any("lora" in name for name, _ in merged.named_parameters())
    with torch.no_grad():
        before, after = plain(**asked).logits, merged(**asked).logits
        beside = peft.PeftModel.from_pretrained(plain, str(Path(adapted.result, "adapter"))).eval()(**asked).logits
    assert torch.allclose(after, beside, atol=1e-3)
    assert not torch.allclose(after, before, atol=1e-1)


def test_the_same_seed_gives_the_same_adapters(tmp_path, adapted, educated, compiled):
    again = started(tmp_path, educated, compiled["values"], **ADAPTERS)
    assert hashes(again) == hashes(adapted)
