"""`palms diff`: what changed in meaning between two versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from palms_spec.engine.difference import Difference
    from palms_spec.render.terminal import Output
    from palms_spec.render.view import View

RULES = "RULE,..."
FORMATS = ("text", "markdown", "json", "github", "sarif")
Shown = Literal["full", "changelog", "breaking"]


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
        Shown, typer.Option(help="All, a changelog for readers, or only what fails.", show_default=False)
    ] = "full",
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=FILE]",
            help="text (the default), markdown, json, github or sarif; with =FILE into a file. May be given more than "
            "once.",
        ),
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Run these rules only.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Leave these rules out.")] = None,
    fail_on: Annotated[
        Literal["error", "warning", "note"] | None,
        typer.Option(help="The least severity that makes the exit code 1; warning if nothing is set."),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show all changes, and whole lists.")] = False,
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

    Only the repository at hand is looked at; nothing is fetched. Which rules count is said by the palms.toml of BASE.
    The exit code is 0 if nothing is found that has to be approved, mended or bumped, 1 if something is, 2 if the
    command or palms itself failed.
    """
    from palms_spec.cli.days import day_of
    from palms_spec.cli.reports import parse_reports, write_each
    from palms_spec.engine.rulebook import Choice
    from palms_spec.render.view import MOST_FINDINGS, View
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.diff import diff as compare
    from palms_spec.workflows.diff_sides import find_sides

    day = day_of(today).isoformat()
    reports = parse_reports(output_format or ["text"], formats=FORMATS)
    given = Choice(select=_names(select), ignore=_names(ignore))
    settings = Asked(select=given.select, ignore=given.ignore, today=day, cache=not no_cache).settings()
    sides = find_sides(base, head, settings, Path.cwd(), direct=direct)
    found = compare(sides, settings, today=day, cache=not no_cache, given=given, fail_on=fail_on)
    shown = View(sides.root, None if show_all else MOST_FINDINGS)
    write_each(reports, lambda name, out: _write(name, found, out, shown, view, day), color)
    code = found.outcome.exit_code
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _write(name: str, found: Difference, out: Output, shown: View, view: Shown, day: str) -> None:
    if name == "text" and view != "changelog":
        from palms_spec.render.diff_text import render_diff

        render_diff(found, out, shown, only_breaking=view == "breaking")
    elif name in ("text", "markdown"):
        from palms_spec.render.diff_markdown import render_diff_markdown

        render_diff_markdown(found, out, shown, today=day, shown=view)
    elif name == "json":
        from palms_spec.render.diff_json import diff_value
        from palms_spec.render.escaping import json_text

        out.line(json_text(diff_value(found)))
    elif name == "github":
        from palms_spec.render.diff_github import render_diff_github

        render_diff_github(found, out, shown, today=day)
    else:
        from palms_spec.render.sarif import render_sarif

        render_sarif(found.outcome, out, shown)


def _names(values: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
