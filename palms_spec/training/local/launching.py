"""A job's process: it goes on when the command that started it has ended."""

from __future__ import annotations

import os
import subprocess
import sys

from palms_spec.training.local.job_folder import JobFolder, JobOrder

WORKER = "palms_spec.training.local.worker"


def launch(job: JobFolder, order: JobOrder, lock: int) -> None:
    """Start the process that works on a job. It takes the lock over, and holds it until it ends, however it does."""
    with job.log.open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-P", "-m", WORKER, str(job.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C in the terminal is not meant for it
            env=_environment(order),
        )


def _environment(order: JobOrder) -> dict[str, str]:
    threads = str(order.settings.threads)
    fixed = {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
    if os.path.isabs(order.base):
        fixed["HF_HUB_OFFLINE"] = "1"  # everything is here
    return {**_DEFAULTS, **os.environ, **fixed}


_DEFAULTS = {
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",  # asked for by torch where results are to repeat
    "CUDA_VISIBLE_DEVICES": "0",  # trl takes one GPU a process
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
