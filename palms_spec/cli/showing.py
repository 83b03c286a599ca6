"""What `palms lint` shows of a run instead of running: settings and files; and what it says of one afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from palms_spec.engine.timing import Timing
from palms_spec.render.terminal import ColorChoice, Output, terminal_for
from palms_spec.render.view import MOST_FINDINGS, View
from palms_spec.rulekit.index import RuleRecord
from palms_spec.workflows.asked import Asked


def show_settings(asked: Asked, color: ColorChoice) -> None:
    """Print the settings and where each comes from."""
    from palms_spec.render.settings import write_settings
    from palms_spec.workflows.settings import effective_settings

    write_settings(effective_settings(asked), Output(sys.stdout, terminal_for(sys.stdout, color)))


def show_files(asked: Asked, color: ColorChoice, *, everything: bool, quiet: bool) -> None:
    """Print the files that would be looked at, and why."""
    from palms_spec.engine.files import files_of
    from palms_spec.render.files import write_files

    found = files_of(asked.inputs(asked.settings()))
    view = View(found.inputs.root, None if everything else MOST_FINDINGS, closing=not quiet)
    write_files(found, Output(sys.stdout, terminal_for(sys.stdout, color)), view)


def show_timing(timing: Timing, records: Iterable[RuleRecord], color: ColorChoice, *, everything: bool) -> None:
    """Print where the time went, to the standard error."""
    from palms_spec.render.timing import MOST_RULES, write_timing

    sys.stdout.flush()
    out = Output(sys.stderr, terminal_for(sys.stderr, color))
    write_timing(timing, out, None if everything else MOST_RULES, records)
