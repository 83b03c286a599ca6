"""`palms check`: a training file against what a target takes."""

# No postponed annotations here: typer would evaluate the text of each option twice, which takes 3 ms of every run.
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

RULES = "RULE,..."


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A training file: JSONL, or JSONL packed as .gz.")],
    target: Annotated[
        str | None, typer.Option(metavar="NAME", help="For whom; `palms targets` lists them.", show_default=False)
    ] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="sft (the default), or dpo for preference data.")
    ] = None,
    shape: Annotated[
        str | None,
        typer.Option(
            metavar="SHAPE",
            help="How a line is written, where a target takes several; `palms targets NAME` lists them.",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="The model to train, where limits and lines depend on it.")
    ] = None,
    max_tokens: Annotated[
        int | None,
        typer.Option(metavar="N", help="How many tokens of a row are read, where you set that yourself."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar=RULES, help="Run these rules only: names, codes, families or ALL."),
    ] = None,
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
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Write a corrected copy beside the file, FILE.fixed.jsonl, and the changes, FILE.fixes.jsonl."
        ),
    ] = False,
    advisable: Annotated[
        bool, typer.Option("--advisable", help="With --fix: make the changes too that are advisable, not necessary.")
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
    today: Annotated[
        str,
        typer.Option(metavar="DATE", help="The day to judge dates by, such as 2027-01-31.", show_default=False),
    ] = "",
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Processes for large files; 0 is one a core.", show_default=False)
    ] = 0,
    timing: Annotated[
        bool, typer.Option("--timing", help="Print to the standard error where the time went, by phase and by rule.")
    ] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Check a training file, whoever wrote it, against what a fine-tuning target takes, before it is uploaded.

    The file itself is never changed. With --fix, findings and exit code are those of the corrected copy.

    The exit code is 0 if nothing is found, 1 if something is, 2 if the command or palms itself failed.
    """
    from palms_spec.cli import showing
    from palms_spec.cli.days import day_of
    from palms_spec.cli.reports import parse_reports, write_reports
    from palms_spec.engine.timing import Timing, phase
    from palms_spec.render.checked import write_corrected, write_state
    from palms_spec.render.progress import ProgressBar
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import MOST_FINDINGS, View
    from palms_spec.targets.plan import plan_for
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.check import check_file

    if target is None:
        raise UsageError(
            "check needs a target: --target NAME",
            hint="did you mean `palms lint`? It needs none; `palms targets` lists the targets",
        )
    if advisable and not fix:
        raise UsageError("--advisable goes with --fix")
    if max_tokens is not None and max_tokens < 1:
        raise UsageError(f"--max-tokens is a number of tokens, not {max_tokens}")
    if jobs < 0:
        raise UsageError(f"--jobs is a number of processes, not {jobs}")
    day = day_of(today)
    plan = plan_for(target, method=method, shape=shape, model=model, max_tokens=max_tokens)
    reports = parse_reports(output_format or ["full"], statistics=statistics)
    times = Timing() if timing else None
    asked = Asked(
        select=_names(select),
        ignore=_names(ignore),
        fail_on=fail_on,
        pairs=tuple(config or ()),
        isolated=isolated,
        today=day.isoformat(),
    )
    checked = check_file(
        file,
        plan,
        asked,
        fixes=("advisable" if advisable else "necessary") if fix else "",
        jobs=jobs,
        progress=ProgressBar(sys.stderr, "rows") if not quiet else None,
        timing=times,
    )
    view = View(checked.root, None if show_all else MOST_FINDINGS, closing=not quiet)
    with phase(times, "writing reports"):
        write_reports(checked.outcome, reports, view, color)
    if not quiet:
        sys.stdout.flush()
        remarks = Output(sys.stderr, terminal_for(sys.stderr, color))
        if checked.corrected is not None:
            write_corrected(checked.corrected, remarks)
        write_state(plan.profile, day, remarks)
    if times is not None:
        showing.show_timing(times, checked.outcome.records, color, everything=show_all)
    code = checked.outcome.exit_code
    return EXIT_CLEAN if exit_zero and code == EXIT_FINDINGS else code


def _names(values: Iterable[str] | None) -> tuple[str, ...]:
    """The names in values that are separated by commas."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
