"""What `palms judge` makes of its options: plan, show, ask, judge, show."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from threading import Lock

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from palms_spec.judging.judge import Judge
from palms_spec.judging.labelled import read_labelled
from palms_spec.judging.planning import ChosenJudge, Price
from palms_spec.render.escaping import json_text, visible
from palms_spec.render.judge import (
    write_cases,
    write_failed,
    write_measuring_plan,
    write_plan,
    write_prompt,
    write_run,
    write_used,
)
from palms_spec.render.judge_figures import write_measuring
from palms_spec.render.judge_json import measuring_plan_value, measuring_value, plan_value, run_value
from palms_spec.render.progress import ProgressBar
from palms_spec.render.terminal import ColorChoice, Output, terminal_for
from palms_spec.workflows.asked import Asked
from palms_spec.workflows.judge import alone, plan_judging, run_judging
from palms_spec.workflows.judge_cases import find_cases, positions_of
from palms_spec.workflows.judge_measuring import plan_measuring, run_measuring
from palms_spec.workflows.review_queue import Wanted


@dataclass(frozen=True, slots=True)
class How:
    """How a command is to go about it, and how it shows what it does."""

    price: Price | None
    limit: int | None
    dry_run: bool
    yes: bool
    everything: bool
    output_format: str
    color: ColorChoice

    @property
    def as_json(self) -> bool:
        """Whether the standard output is JSON."""
        return self.output_format == "json"


def judged(
    chosen: ChosenJudge, paths: tuple[Path, ...], positions: tuple[str, ...], also_reviewed: bool, how: How
) -> int:
    """Judge samples; the exit code. Raises UsageError for paths that do not exist."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError("no such file or folder: " + ", ".join(missing))
    settings = Asked(paths).settings()
    root = settings.root
    wanted = Wanted(tuple(Path(os.path.relpath(path, root)).as_posix() for path in paths), positions)
    with nullcontext() if how.dry_run else alone(root, chosen.reviewer):
        cases = find_cases(settings, chosen.reviewer, wanted, also_reviewed=also_reviewed)
        plan = plan_judging(root, chosen, cases, limit=how.limit, price=how.price)
        taken = [one.case for one in plan.pending]
        if how.dry_run:
            if how.as_json:
                typer.echo(json_text(plan_value(plan)))
                return EXIT_CLEAN
            out = _output(how)
            write_plan(plan, out)
            if taken:
                write_cases(taken, out, everything=how.everything)
                write_prompt(taken[0], chosen, out)
            return EXIT_CLEAN
        connected = _connected(chosen, how) if taken else None
        write_plan(plan, _aside(how))
        if connected is not None and not _agreed(chosen, how):
            return EXIT_FINDINGS
        run = run_judging(root, plan, connected, ProgressBar(sys.stderr, "judging"))
    if how.as_json:
        typer.echo(json_text(run_value(plan, run)))
    else:
        write_run(run, how.price, _output(how), everything=how.everything)
    if run.stopped is not None:
        sys.stdout.flush()
        raise run.stopped
    return EXIT_FINDINGS if run.failed else EXIT_CLEAN


def measured(chosen: ChosenJudge, path: Path, spec: str | None, how: How) -> int:
    """Measure a judge; the exit code."""
    settings = Asked().settings()
    root = settings.root
    with nullcontext() if how.dry_run else alone(root, chosen.reviewer):
        labelled = read_labelled(path, positions_of(settings, spec))
        plan = plan_measuring(root, chosen, labelled, limit=how.limit, price=how.price)
        if how.dry_run:
            if how.as_json:
                typer.echo(json_text(measuring_plan_value(plan)))
                return EXIT_CLEAN
            out = _output(how)
            write_measuring_plan(plan, out)
            if plan.pending:
                write_prompt(plan.pending[0], chosen, out)
            return EXIT_CLEAN
        connected = _connected(chosen, how) if plan.pending else None
        write_measuring_plan(plan, _aside(how))
        if connected is not None and not _agreed(chosen, how):
            return EXIT_FINDINGS
        found = run_measuring(root, plan, connected, ProgressBar(sys.stderr, "judging"))
    if how.as_json:
        typer.echo(json_text(measuring_value(found)))
    else:
        out = _output(how)
        write_failed(found.failed, out, everything=how.everything)
        write_measuring(found, out, everything=how.everything)
        write_used(found.used, how.price, out)
    if found.stopped is not None:
        sys.stdout.flush()
        raise found.stopped
    return EXIT_FINDINGS if found.failed else EXIT_CLEAN


def settings_of(sets: list[str] | None) -> dict[str, object]:
    """The fields of `--set`. Raises UsageError for what is none."""
    found: dict[str, object] = {}
    for word in sets or ():
        name, equals, value = word.partition("=")
        if not name or not equals:
            raise UsageError(f"--set {word} is no setting", hint="write it as --set temperature=0")
        try:
            found[name] = json.loads(value)
        except (ValueError, RecursionError):
            found[name] = value
    return found


def price_of(text: str | None) -> Price | None:
    """The price of `--price IN/OUT`. Raises UsageError for what is none."""
    if text is None:
        return None
    parts = text.split("/")
    try:
        amounts = [float(part) for part in parts]
    except ValueError:
        amounts = []
    if len(amounts) != 2 or not all(isfinite(one) and one >= 0 for one in amounts):
        raise UsageError(
            f"--price {text} is no price", hint="write dollars for a million tokens in and out: --price 0.40/1.60"
        )
    return Price(*amounts)


def refuse_beside(option: str, **given: object) -> None:
    """Raise UsageError for arguments that mean nothing beside an option."""
    for name, value in given.items():
        if value:
            shown = "PATHS" if name == "paths" else f"--{name.replace('_', '-')}"
            raise UsageError(f"{shown} means nothing beside {option}")


def refuse_without(option: str, **given: object) -> None:
    """Raise UsageError for arguments that mean nothing without an option."""
    for name, value in given.items():
        if value:
            raise UsageError(f"--{name.replace('_', '-')} means nothing without {option}")


def _connected(chosen: ChosenJudge, how: How) -> Judge:
    if chosen.paid and not how.yes and not _somebody_is_there():
        raise UsageError(
            f"asking {chosen.place} may cost money, and there is no terminal to ask at",
            hint="--yes asks it at once; --dry-run shows what it would take",
        )
    return chosen.connect(_tell())


def _agreed(chosen: ChosenJudge, how: How) -> bool:
    if how.yes or not chosen.paid:
        return True
    sys.stderr.write("Ask it? [y/N] ")
    sys.stderr.flush()
    agreed = sys.stdin.readline().strip().lower() in ("y", "yes")
    if not agreed:
        _aside(how).line("Nothing was asked.")
    return agreed


def _somebody_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _tell() -> Callable[[str], None]:
    lock = Lock()

    def tell(message: str) -> None:
        with lock:
            Output(sys.stderr, terminal_for(sys.stderr)).line((visible(message), "faint"))
            sys.stderr.flush()

    return tell


def _output(how: How) -> Output:
    return Output(sys.stdout, terminal_for(sys.stdout, how.color))


def _aside(how: How) -> Output:
    return Output(sys.stderr, terminal_for(sys.stderr, how.color))
