"""A job from its order to its result. Everything heavy is imported from here on."""

from __future__ import annotations

import shutil
from typing import Any

from palms_spec.sources.staged_folder import staged_folder
from palms_spec.training.local import machine, models
from palms_spec.training.local.adapters import adapters_for, merge_adapters
from palms_spec.training.local.checkpoints import newest_whole, step_of
from palms_spec.training.local.job_callback import JobCallback
from palms_spec.training.local.job_folder import RECORD_FILE, JobFolder, JobOrder
from palms_spec.training.local.preparing import attempts, base_files, encoded_rows, kept_files
from palms_spec.training.local.record import Losses, Split, Trained, write_record
from palms_spec.training.local.rows import EncodedRows
from palms_spec.training.local.steps import plan_steps
from palms_spec.training.local.trainer import trainer_for

ADAPTER_FOLDER = "adapter"


def train(job: JobFolder) -> bool:
    """Do what is left to do of a job; False where it was asked to stop before it was done.

    Raises PalmsError for a model or rows that cannot be trained with.
    """
    if (job.result / RECORD_FILE).is_file():
        return True
    order = job.order()
    settings = order.settings
    models.quieten()
    device = machine.prepare(settings)
    checkpoint = newest_whole(job.checkpoints)
    tried = attempts(job, step_of(checkpoint))
    folder = models.folder_of(order.base, settings.revision)
    base = base_files(job, folder)
    tokenizer, model = models.load_tokenizer(folder), models.load_model(folder, machine.number_type(settings))
    rows = encoded_rows(job, order, tokenizer, model)
    looked_at = {name: one.first(settings.evaluation_rows) for name, one in rows.items()}
    parameters = model.num_parameters()
    callback = JobCallback(job)
    models.set_seeds(settings.seed)  # adapters begin with random numbers
    trainer = trainer_for(
        model,
        tokenizer,
        adapters=adapters_for(settings),
        rows=rows["training"].dataset,
        validation=looked_at.get("validation") if settings.evaluation_rows else None,
        settings=settings,
        device=device,
        folder=job.checkpoints,
        plan=plan_steps(rows["training"].rows, settings),
        callback=callback,
    )
    job.note("training")
    before = job.kept("before.json")
    if before is None:
        before = _losses(trainer, looked_at)
        job.keep("before.json", before)
    models.set_seeds(settings.seed)  # whether losses were looked at before makes no difference
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint is not None else None)
    if callback.stopped:
        job.events.add(f"stopped after step {trainer.state.global_step}", "warning")
        return False
    log, steps = list(trainer.state.log_history), trainer.state.global_step
    after = _losses(trainer, looked_at)
    for name, loss in after.items():
        job.events.add(f"loss on {name} rows: {before[name]:.4f} before, {loss:.4f} after")
    job.note("saving")
    trained = Trained(
        base=base,
        parameters=parameters,
        trainable=sum(one.numel() for one in trainer.model.parameters() if one.requires_grad),
        splits={name: _split(kept, rows[name], len(looked_at[name])) for name, kept in kept_files(job, order).items()},
        steps=steps,
        before=before,
        after=after,
        log=[point for point in log if "loss" in point or "eval_loss" in point],
        machine=machine.description(device) | {"threads": settings.threads},
        attempts=tried,
        timing={"steps": callback.steps, "seconds": round(callback.seconds, 3), **machine.peak_memory(device)},
    )
    _save(job, order, trained, trainer.model, tokenizer)
    return True


def _save(job: JobFolder, order: JobOrder, trained: Trained, model: Any, tokenizer: Any) -> None:
    """Write the result, whole or not at all, and remove what led to it."""
    with staged_folder(job.result) as staged:
        if order.settings.lora_rank:
            model = merge_adapters(model, staged.path / ADAPTER_FOLDER)
        models.save(model, tokenizer, staged.path)
        write_record(staged.path, order, trained)
        staged.commit()
    for path in (job.checkpoints, job.cache):
        shutil.rmtree(path, ignore_errors=True)


def _losses(trainer: Any, rows: dict[str, Any]) -> Losses:
    """The loss on the answers of rows, by the name of their split."""
    return {name: trainer.evaluate(some)["eval_loss"] for name, some in rows.items() if len(some)}


def _split(kept: Any, rows: EncodedRows, evaluated: int) -> Split:
    return Split(kept, rows.rows, rows.tokens, rows.answer_tokens, rows.longest, evaluated)
