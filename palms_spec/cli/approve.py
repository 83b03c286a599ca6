"""`palms approve`: record an approval of a change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


def approve(
    fingerprint: Annotated[str, typer.Argument(metavar="FINGERPRINT", help="As palms diff shows it, or its start.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why the change is meant.")],
    by: Annotated[
        str, typer.Option(metavar="NAME", help="An owner of the specification; else git's user.", show_default=False)
    ] = "",
    editorial: Annotated[bool, typer.Option("--editorial", help="The words changed and the meaning did not.")] = False,
    base: Annotated[
        str | None, typer.Option(metavar="REV", help="What to compare with; the default branch if left out.")
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Record that an owner of the specification has seen a change and means it.

    The record is a line in approvals.jsonl beside the specification: commit it with the change. It counts if its author
    is an owner in the version before and did not make the change.
    """
    from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS
    from palms_spec.render.escaping import visible
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import View
    from palms_spec.workflows.approve import approve as record
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.diff_sides import find_sides

    settings = Asked().settings()
    sides = find_sides(base, None, settings, Path.cwd())
    done = record(sides, settings, fingerprint, reason=reason, by=by, editorial=editorial)
    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    name = View(sides.root).namer()
    path = name(done.path.relative_to(sides.root).as_posix())
    out.line(("Recorded ", "good"), f"{done.approval.change} of {visible(done.change.item)} in {path}.")
    if done.objection:
        out.line(("It will not count: ", "warning"), visible(done.objection), ".")
        return EXIT_FINDINGS
    return EXIT_CLEAN
