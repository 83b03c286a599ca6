"""`palms targets`: what is known of fine-tuning targets."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer


def targets(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A target; all of them if left out.")] = None,
    today: Annotated[
        str, typer.Option(metavar="DATE", help="The day for which dates are judged; that of the clock if left out.")
    ] = "",
    output_format: Annotated[
        Literal["text", "json", "markdown"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> None:
    """List the fine-tuning targets: what they take, within which limits, and until when; with a name, all about one."""
    from palms_spec.cli.days import day_of
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.targets.registry import profile, profiles

    day = day_of(today)
    chosen = (profile(name),) if name is not None else profiles()
    if output_format == "json":
        from palms_spec.render.escaping import json_text
        from palms_spec.render.target_table import targets_value

        typer.echo(json_text(targets_value(chosen, day)))
    elif name is not None:
        from palms_spec.render.target_page import target_markdown, write_target_page

        if output_format == "markdown":
            typer.echo(target_markdown(chosen[0], day), nl=False)
        else:
            write_target_page(chosen[0], day, Output(sys.stdout, terminal_for(sys.stdout, color)))
    else:
        from palms_spec.render.target_table import targets_markdown, write_target_table

        if output_format == "markdown":
            typer.echo(targets_markdown(chosen, day), nl=False)
        else:
            write_target_table(chosen, day, Output(sys.stdout, terminal_for(sys.stdout, color)))
