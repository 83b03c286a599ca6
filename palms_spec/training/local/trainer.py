"""The trainer. The only file that imports trl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import trl

from palms_spec.training.local.settings import TrainingSettings
from palms_spec.training.local.steps import StepPlan

KEPT_CHECKPOINTS = 2
"""The last one is not relied on before it is whole, so the one before it stays."""
_SCHEDULES = {"linear": "linear", "cosine": "cosine", "constant": "constant_with_warmup"}


def trainer_for(
    model: Any,
    tokenizer: Any,
    *,
    adapters: Any,
    rows: Any,
    validation: Any,
    settings: TrainingSettings,
    device: str,
    folder: Path,
    plan: StepPlan,
    callback: Any,
) -> Any:
    """An SFTTrainer that learns encoded rows, and writes checkpoints into a folder."""
    half = settings.precision == "bfloat16"
    arguments = trl.SFTConfig(
        output_dir=str(folder),
        seed=settings.seed,
        data_seed=settings.seed,
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.rows_at_once,
        gradient_accumulation_steps=settings.batch_size // settings.rows_at_once,
        per_device_eval_batch_size=1,  # so that an average over batches is one over rows
        learning_rate=settings.peak_learning_rate,
        lr_scheduler_type=_SCHEDULES[settings.schedule],
        warmup_steps=settings.warmup,
        weight_decay=settings.weight_decay,
        max_grad_norm=settings.max_gradient,
        bf16=half,
        activation_checkpointing=settings.save_memory,
        use_cpu=device == "cpu",
        max_length=None,
        packing=False,
        save_strategy="steps",
        save_steps=plan.checkpoint,
        save_total_limit=KEPT_CHECKPOINTS,
        eval_strategy="steps" if validation is not None else "no",
        eval_steps=plan.checkpoint,
        logging_steps=plan.log,
        logging_nan_inf_filter=False,
        report_to="none",
        disable_tqdm=True,
    )
    return trl.SFTTrainer(
        model,
        args=arguments,
        train_dataset=rows,
        eval_dataset=validation,
        processing_class=tokenizer,
        peft_config=adapters,
        callbacks=[callback],
    )
