"""The loop of `palms finetune watch`."""

from __future__ import annotations

import sys
from typing import Literal

from palms_spec.cli.finetune_running import output, tell
from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from palms_spec.providers.provider import Event, Job, Provider
from palms_spec.render.finetune_watch import WatchView, look_lines, write_end
from palms_spec.workflows.finetune_jobs import Named, project_root
from palms_spec.workflows.finetune_watch import looks, noted


def watched(
    named: Named,
    provider: Provider,
    *,
    interval: int,
    everything: bool,
    output_format: Literal["text", "jsonl"],
    color: Literal["auto", "always", "never"],
) -> int:
    """Show a job until it is over; the exit code."""
    if interval < 1:
        raise UsageError(f"--interval {interval} is no time", hint="a second at least")
    out = output(color)
    view = WatchView(out)
    after = "" if everything or named.entry is None else named.entry.last_event
    if after:
        _recall(provider, named.id, after, view)
    seen = looks(provider, named.id, after, interval=float(interval), sleep=view.sleep)
    if named.entry is not None:
        seen = noted(seen, project_root(), named.entry.token)
    job: Job | None = None
    try:
        for look in seen:
            if output_format == "jsonl":
                for line in look_lines(look, job):
                    out.stream.write(line + "\n")
                out.stream.flush()
            else:
                view.show(look)
            job = look.job or job
    except KeyboardInterrupt:
        tell(f"the job goes on: palms finetune watch {named.id}")
        raise
    finally:
        if output_format == "text":
            view.close()
    if job is not None and output_format == "text":
        write_end(job, view)
    return EXIT_CLEAN if job is not None and job.state == "succeeded" else EXIT_FINDINGS


def _recall(provider: Provider, job_id: str, after: str, view: WatchView) -> None:
    """Take in what an earlier call has shown, for the curve of the loss."""
    told: list[Event] = list(provider.events(job_id, ""))
    ids = [event.id for event in told]
    count = ids.index(after) + 1 if after in ids else 0
    for event in told[:count]:
        view.remember(event)
    if count:
        tell(f"{count:,} earlier events are not shown again; --all shows them")
    sys.stderr.flush()
