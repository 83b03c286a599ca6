"""`palms lint`: run the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

RULES = "RULE,..."


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders; the current folder if left out."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar=RULES, help="Run these rules only: names, codes, families or ALL."),
    ] = None,
    extend_select: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Run these rules as well.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar=RULES, help="Leave these rules out.")] = None,
    fail_on: Annotated[
        Literal["error", "warning", "note"] | None,
        typer.Option(help="The least severity that makes the exit code 1; warning if nothing is set."),
    ] = None,
    output_format: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=FILE]",
            help="full (the default), concise or json; with =FILE into a file. May be given more than once.",
        ),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show all findings, not only the first 200.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings and nothing else.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with exit code 0 even if something is found.")
    ] = False,
    config: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="Set a key of palms.toml, for example lint.fail-on=error."),
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Do not read palms.toml.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Processes for large files; 0 is one a core.", show_default=False)
    ] = 0,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Run the rules over specifications, prompts, datasets and samples.

    The exit code is 0 if nothing is found, 1 if something is, 2 if the command or palms itself failed.
    """
    from palms_spec.cli.reports import parse_reports, write_reports
    from palms_spec.render.progress import ProgressBar
    from palms_spec.render.view import MOST_FINDINGS, View
    from palms_spec.workflows.lint import lint_paths

    if jobs < 0:
        raise UsageError(f"--jobs is a number of processes, not {jobs}")
    reports = parse_reports(output_format or ["full"])
    progress = ProgressBar(sys.stderr, "rows") if not quiet else None
    linted = lint_paths(
        paths or [],
        select=_names(select),
        extend_select=_names(extend_select),
        ignore=_names(ignore),
        fail_on=fail_on,
        isolated=isolated,
        pairs=config or [],
        jobs=jobs,
        cache=not no_cache,
        progress=progress,
    )
    view = View(linted.root, None if show_all else MOST_FINDINGS, closing=not quiet)
    write_reports(linted.outcome, reports, view, color)
    code = linted.outcome.exit_code
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _names(values: Iterable[str] | None) -> list[str]:
    """The names in values that are separated by commas."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]
