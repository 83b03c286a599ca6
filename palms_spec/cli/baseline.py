"""`palms baseline`: the file of accepted findings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from palms_spec.render.terminal import Output
    from palms_spec.workflows.baseline import Written


def baseline(
    action: Annotated[
        Literal["write", "prune", "show"],
        typer.Argument(
            metavar="write|prune|show",
            help="write: accept what is found now; prune: take out what is no "
            "longer found; show: list what is accepted.",
        ),
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders to do it for; the whole project if left out."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="The baseline; else lint.baseline of palms.toml, else palms-baseline.json beside it.",
        ),
    ] = None,
    config: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="Set a key of palms.toml, for example lint.select=['SAM']."),
    ] = None,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> None:
    """Write, prune or show the baseline: a file of accepted findings, so that lint shows new ones only.

    An entry is known by its rule, the id of its document, the pointer into it and the text there, not by its line. The
    file is meant to be committed; `palms lint` reads it if lint.baseline or --baseline names it, and never writes it.
    """
    from palms_spec.render.progress import ProgressBar
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.workflows import baseline as workflow
    from palms_spec.workflows.asked import Asked

    asked = Asked(tuple(paths or ()), pairs=tuple(config or ()), baseline=file)
    progress, out = ProgressBar(sys.stderr, "rows"), Output(sys.stdout, terminal_for(sys.stdout, color))
    if action == "show":
        entries = workflow.baseline_entries(asked, progress=progress)
        if output_format == "json":
            from palms_spec.render.baseline import baseline_value
            from palms_spec.render.escaping import json_text

            typer.echo(json_text(baseline_value(entries)))
        else:
            from palms_spec.render.baseline import write_baseline_table

            write_baseline_table(entries, out)
        return
    change = workflow.write_baseline if action == "write" else workflow.prune_baseline
    _say(action, change(asked, progress=progress), out)


def _say(action: str, written: Written, out: Output) -> None:
    from palms_spec.render.closing import counted
    from palms_spec.render.escaping import visible

    name = visible(os.path.relpath(written.path))
    if action == "prune":
        gone = written.before - written.findings
        what = f"{counted(gone, 'finding')} taken out of" if gone else "Nothing is stale in"
        out.line(f"{what} {name}; {written.findings:,} left.")
        return
    out.line(f"Wrote {name}: {counted(written.findings, 'finding')} accepted, {written.before:,} before.")
    if not written.is_named:
        out.line(f'Next: write baseline = "{name}" under [lint] in palms.toml, or call palms lint --baseline {name}')
