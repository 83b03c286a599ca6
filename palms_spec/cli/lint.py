"""`palms lint`: run the rules."""

# No postponed annotations here: typer would evaluate the text of each option twice, which takes 3 ms of every run.
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from palms_spec.engine.fixing import Fixing
    from palms_spec.render.terminal import ColorChoice

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
            help="full (the default), concise, grouped, json, jsonl, sarif, github, gitlab, junit or markdown; "
            "with =FILE into a file. May be given more than once.",
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Fix what can be fixed without changing a meaning.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also fix what may change a meaning.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Change nothing; print what --fix would change as a patch for git apply.")
    ] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Show all findings, not only the first 200.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print how much each rule found, instead of findings.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings and nothing else.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with exit code 0 even if something is found.")
    ] = False,
    config: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="Set a key of palms.toml, for example lint.fail-on=error."),
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Do not read palms.toml.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Accept the findings in this file, which palms baseline write wrote."),
    ] = None,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Pass over what is excluded even if it is named in PATHS.")
    ] = False,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="NAME", help="Lint the text on the standard input as if it were this file."),
    ] = None,
    today: Annotated[
        str,
        typer.Option(metavar="DATE", help="The day to judge dates by, such as 2027-01-31.", show_default=False),
    ] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Processes for large files; 0 is one a core.", show_default=False)
    ] = 0,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print the settings and where each comes from; run nothing.")
    ] = False,
    show_files: Annotated[
        bool, typer.Option("--show-files", help="Print the files that would be looked at, and why; run nothing.")
    ] = False,
    timing: Annotated[
        bool, typer.Option("--timing", help="Print to the standard error where the time went, by phase and by rule.")
    ] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Run the rules over specifications, prompts, datasets and samples.

    The exit code is 0 if nothing is found, 1 if something is, 2 if the command or palms itself failed.
    """
    from palms_spec.cli import showing
    from palms_spec.cli.days import day_of
    from palms_spec.cli.reports import parse_reports, write_reports
    from palms_spec.cli.stdin import standing_in
    from palms_spec.engine.timing import Timing, phase
    from palms_spec.render.progress import ProgressBar
    from palms_spec.render.view import MOST_FINDINGS, View
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.lint import lint_paths

    if jobs < 0:
        raise UsageError(f"--jobs is a number of processes, not {jobs}")
    fixes: Literal["", "safe", "unsafe"] = ("unsafe" if unsafe_fixes else "safe") if fix or diff else ""
    if fix and diff:
        raise UsageError("--fix changes files and --diff does not: give one of them")
    if unsafe_fixes and not fixes:
        raise UsageError("--unsafe-fixes goes with --fix or with --diff")
    if stdin_filename is not None and fixes:
        raise UsageError("--fix and --diff are for files, not for the standard input")
    reports = parse_reports(output_format or ([] if diff else ["full"]), statistics=statistics)
    if diff and any(report.file is None for report in reports):
        raise UsageError("--diff prints a patch", hint="write reports into files: --output-format json=findings.json")
    progress = ProgressBar(sys.stderr, "rows") if not quiet else None
    times = Timing() if timing else None
    with standing_in(stdin_filename, paths or []) as stand_in:
        asked = Asked(
            paths=tuple(paths or ()) if stand_in is None else (),
            select=_names(select),
            extend_select=_names(extend_select),
            ignore=_names(ignore),
            fail_on=fail_on,
            pairs=tuple(config or ()),
            isolated=isolated,
            baseline=baseline,
            today=day_of(today).isoformat(),
            force_exclude=force_exclude,
            stand_in=stand_in,
            cache=not no_cache,
        )
        if show_settings:
            showing.show_settings(asked, color)
        if show_files:
            showing.show_files(asked, color, everything=show_all, quiet=quiet)
        if show_settings or show_files:
            return EXIT_CLEAN
        linted = lint_paths(
            asked,
            jobs=jobs,
            cache=not no_cache,
            progress=progress,
            timing=times,
            fixes=fixes,
            preview=(lambda done, root: _preview(done, root, color, quiet)) if diff else None,
        )
        limit = None if show_all else MOST_FINDINGS
        view = View(linted.root, limit, closing=not quiet and not diff, stand_ins=linted.stand_ins)
        with phase(times, "writing reports"):
            write_reports(linted.outcome, reports, view, color)
    if times is not None:
        showing.show_timing(times, linted.outcome.records, color, everything=show_all)
    code = linted.outcome.exit_code
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _preview(fixing: "Fixing", root: Path, color: "ColorChoice", quiet: bool) -> None:
    """Print the patch, and on the standard error what it would do."""
    from palms_spec.cli.patches import write_patches
    from palms_spec.render.closing import write_repairs
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import View

    write_patches(root, fixing.copies.items(), color)
    if not quiet:
        out = Output(sys.stderr, terminal_for(sys.stderr, color))
        write_repairs(fixing.repairs, out, View(root).namer(), done="Would fix")


def _names(values: Iterable[str] | None) -> tuple[str, ...]:
    """The names in values that are separated by commas."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
