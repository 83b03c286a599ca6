"""Low-rank adapters: few weights that are trained beside those of the model. The only file that imports peft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import peft

from palms_spec.training.local.settings import TrainingSettings


def adapters_for(settings: TrainingSettings) -> Any:
    """What adapters the settings ask for, at all linear layers but the last; None for none."""
    if settings.lora_rank is None:
        return None
    return peft.LoraConfig(
        task_type="CAUSAL_LM",
        r=settings.lora_rank,
        lora_alpha=settings.adapter_weight,
        lora_dropout=settings.lora_dropout,
        target_modules="all-linear",
        bias="none",
    )


def merge_adapters(model: Any, folder: Path) -> Any:
    """Save the adapters of a model into a folder; the model with them added to its weights."""
    for config in model.peft_config.values():
        config.target_modules = sorted(config.target_modules)  # a set, whose order is another in each process
    model.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)  # a form to fill in
    return model.merge_and_unload()
