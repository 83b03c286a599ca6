"""What is done between the steps of a training: events are written, checkpoints sealed, and a wish to stop is heard."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from palms_spec.errors import PalmsError
from palms_spec.training.local.checkpoints import PREFIX, seal
from palms_spec.training.local.job_folder import JobFolder
from palms_spec.training.local.models import Callback


class JobCallback(Callback):  # type: ignore[misc]  # transformers is an extra
    """Tells of a training in the folder of its job. `seconds` and `steps` are those of this process."""

    def __init__(self, job: JobFolder) -> None:
        self.stopped = False
        self.seconds = 0.0
        self.steps = 0
        self._job = job
        self._begun = 0.0

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Look at the clock."""
        self._begun = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Stop after this step, with a checkpoint, if that was asked for."""
        self.seconds += time.monotonic() - self._begun
        self.steps += 1
        if self._job.stop_asked and state.global_step < state.max_steps:
            self.stopped = control.should_save = control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any], **_: Any) -> None:
        """Write an event with the loss. Raises PalmsError where it is no number."""
        metrics = {"step": state.global_step, "total_steps": state.max_steps, "epoch": round(state.epoch or 0.0, 4)}
        if "loss" in logs:
            if not math.isfinite(logs["loss"]):
                raise PalmsError(f"the loss is no number at step {state.global_step}", hint="lower learning_rate")
            message = f"step {state.global_step} of {state.max_steps}"
            self._job.events.add(message, metrics={**metrics, "train_loss": logs["loss"]})
        elif "eval_loss" in logs and 0 < state.global_step < state.max_steps:
            message = f"validation after step {state.global_step}"
            self._job.events.add(message, metrics={**metrics, "valid_loss": logs["eval_loss"]})

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Seal the checkpoint that was just written."""
        seal(Path(args.output_dir) / f"{PREFIX}{state.global_step}")
        self._job.events.add(f"checkpoint at step {state.global_step}")
