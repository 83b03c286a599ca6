"""Whether a job that costs money may be started: somebody is asked, or has said yes beforehand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Provider
from palms_spec.render.finetune import write_planned
from palms_spec.render.terminal import Output, terminal_for
from palms_spec.training.finetuning import PlannedJob


def asking(provider: Provider, yes: bool, color: Literal["auto", "always", "never"]) -> Callable[[PlannedJob], bool]:
    """What shows a job and asks whether it is to be started. Raises UsageError where it would have to ask and nobody
    is there, before anything is sent."""
    if provider.paid and not yes and not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            f"a job at {provider.name} costs money, and there is no terminal to ask at",
            hint="--yes starts it without asking",
        )

    def ask(plan: PlannedJob) -> bool:
        out = Output(sys.stderr, terminal_for(sys.stderr, color))
        write_planned(plan, out)
        out.stream.flush()
        if yes or not provider.paid:
            return True
        sys.stderr.write("Start it? [y/N] ")
        sys.stderr.flush()
        agreed = sys.stdin.readline().strip().lower() in ("y", "yes")
        if not agreed:
            out.line("Nothing was started. The files stay where they were sent.")
        return agreed

    return ask
