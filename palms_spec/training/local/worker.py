"""The process that works on a job: `python -m palms_spec.training.local.worker FOLDER`."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from palms_spec.errors import EXIT_CLEAN, EXIT_ERROR, PalmsError
from palms_spec.training.local.job_folder import JobFolder


def work(folder: Path) -> int:
    """Work on the job in a folder, and note there what became of it; the exit code."""
    job = JobFolder(folder)
    job.lock.write_text(f"{os.getpid()}\n", encoding="ascii")  # for whoever wants to end it
    try:
        from palms_spec.training.local.training import train

        finished = train(job)
    except Exception as error:
        traceback.print_exc()
        known = isinstance(error, PalmsError)
        message = error.message if isinstance(error, PalmsError) else f"{type(error).__name__}: {error}"
        hint = error.hint if isinstance(error, PalmsError) else f"{job.log} has the details"
        job.events.add(message if known else f"failed: {message}", "error")
        job.note("failed", message, hint)
        return EXIT_ERROR
    job.note("succeeded" if finished else "cancelled")
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(work(Path(sys.argv[1])))
