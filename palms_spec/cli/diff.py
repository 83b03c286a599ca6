"""`palms diff`: what changed in meaning between two versions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS

RULES = "RULE,..."


def diff(
    base: Annotated[
        str | None,
        typer.Argument(metavar="BASE", help="A revision, REV:PATH or a path; the default branch if left out."),
    ] = None,
    head: Annotated[
        str | None,
        typer.Argument(metavar="HEAD", help="A revision, REV:PATH or a path; the working tree if left out."),
    ] = None,
    direct: Annotated[
        bool, typer.Option("--direct", help="Compare with BASE itself, not with where the two went apart.")
    ] = False,
    view: Annotated[
        Literal["full", "changelog", "breaking"],
        typer.Option(help="All, a changelog for readers, or only what fails.", show_default=False),
    ] = "full",
    output_format: Annotated[
        Literal["text", "markdown", "json", "github", "sarif"],
        typer.Option(help="How to show it.", show_default=False),
    ] = "text",
    select: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Run these rules only.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Leave these rules out.")] = None,
    fail_on: Annotated[
        Literal["error", "warning", "note"] | None,
        typer.Option(help="The least severity that makes the exit code 1; warning if nothing is set."),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with exit code 0 even if something is found.")
    ] = False,
    today: Annotated[
        str, typer.Option(metavar="DATE", help="The day to judge dates by, such as 2027-01-31.", show_default=False)
    ] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Show what changed in specifications, prompts and datasets, and what that makes stale.

    Only the repository at hand is looked at; nothing is fetched. The exit code is 0 if nothing is found that has to be
    approved, mended or bumped, 1 if something is, 2 if the command or palms itself failed.
    """
    from palms_spec.cli.days import day_of
    from palms_spec.engine.rulebook import Choice
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import View
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.diff import diff as compare
    from palms_spec.workflows.diff_sides import find_sides

    day = day_of(today).isoformat()
    settings = Asked(fail_on=fail_on, today=day, cache=not no_cache).settings()
    sides = find_sides(base, head, Path.cwd(), settings.exclude, direct=direct)
    given = Choice(select=_names(select), ignore=_names(ignore))
    found = compare(sides, settings, today=day, cache=not no_cache, given=given)
    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    shown = View(sides.root)
    if output_format == "text" and view != "changelog":
        from palms_spec.render.diff_text import render_diff

        render_diff(found, out, shown, only_breaking=view == "breaking")
    elif output_format in ("text", "markdown"):
        from palms_spec.render.diff_markdown import render_diff_markdown

        render_diff_markdown(found, out, view=view)
    elif output_format == "json":
        from palms_spec.render.diff_json import diff_value
        from palms_spec.render.escaping import json_text

        out.line(json_text(diff_value(found)))
    else:
        from palms_spec.render.formats import renderer

        renderer(output_format)(found.outcome, out, shown)
    code = found.outcome.exit_code
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _names(values: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
