"""Look at a job until it is over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from palms_spec.errors import ProviderError
from palms_spec.providers.provider import Job, Provider
from palms_spec.training.finetuning import Look
from palms_spec.training.ledger import Ledger, change_ledger
from palms_spec.workflows.finetune_start import note_job
from palms_spec.workflows.finetune_upload import Sleep

INTERVAL = 5.0
LONGEST = 60.0
PATIENCE = 900.0
"""For so many seconds a provider may give no answer before watching ends."""


def looks(
    provider: Provider, job_id: str, after: str = "", *, interval: float = INTERVAL, sleep: Sleep = time.sleep
) -> Iterator[Look]:
    """A look every `interval` seconds, the last one at a job that is over, with all of its events.

    Raises the provider's error where it refuses, and where it gives no answer for `PATIENCE` seconds.
    """
    silent = 0.0
    while True:
        try:
            job = provider.job(job_id)
            events = provider.events(job_id, after)
        except ProviderError as error:
            if not error.passing or silent >= PATIENCE:
                raise
            pause = min(max(interval, error.wait or 0.0, silent / 2), LONGEST)
            silent += pause
            yield Look(None, (), f"{error.message}; looking again in {pause:.0f} s")
            sleep(pause)
            continue
        silent = 0.0
        yield Look(job, events)
        if events:
            after = events[-1].id
        if job.final:
            return
        sleep(interval)


def noted(seen: Iterator[Look], root: Path, token: str) -> Iterator[Look]:
    """The looks, each noted in the ledger once whoever asked for it has shown it and asks for the next: after a kill
    events may be shown again, and none is lost."""
    before: Job | None = None
    for look in seen:
        yield look
        if look.job is not None and look.job != before:
            note_job(root, token, look.job)
            before = look.job
        if look.events:
            last = look.events[-1].id

            def change(ledger: Ledger, last: str = last) -> None:
                if (entry := ledger.requested(token)) is not None:
                    entry.last_event = last

            change_ledger(root, change)
