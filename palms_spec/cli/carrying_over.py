"""`palms review --carry-over`: stale reviews renewed, once somebody has agreed."""

from __future__ import annotations

import sys

from palms_spec.comparison.telling import counted
from palms_spec.engine.settings import Settings
from palms_spec.errors import EXIT_CLEAN, UsageError
from palms_spec.render.carry_over import write_renewals
from palms_spec.render.terminal import Output
from palms_spec.workflows.carry_over import renew, renewals
from palms_spec.workflows.review import reviewer_of
from palms_spec.workflows.review_queue import Wanted


def carry(settings: Settings, reason: str, by: str, wanted: Wanted, out: Output, *, yes: bool, cache: bool) -> int:
    """Show what would be renewed, ask, and do it. Raises UsageError where nobody is there to be asked."""
    groups = renewals(settings, reason, reviewer_of(settings.root, by), wanted, cache=cache)
    write_renewals(groups, out)
    count = sum(len(group.found) for group in groups if not group.objections)
    if not count:
        out.line("Nothing was renewed." if groups else "No review is stale.")
        return EXIT_CLEAN
    if not yes and not _agreed(count):
        out.line("Nothing was renewed.")
        return EXIT_CLEAN
    out.line(
        ("Renewed: ", "good"), f"{renew(settings.root, groups):,} of {sum(len(group.found) for group in groups):,}."
    )
    return EXIT_CLEAN


def _agreed(count: int) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            f"there is no terminal to ask whether {counted(count, 'review')} may be renewed", hint="--yes does it"
        )
    sys.stdout.write(f"Renew {count:,}? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
