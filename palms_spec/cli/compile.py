"""`palms compile`: a dataset as training files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


def compile(  # noqa: A001 - the name of the command
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="The id of a dataset, or its path.")],
    target: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="For whom, all for every target; those the dataset names if left out."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to write a folder a target; build/ID of the dataset if left out."),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(metavar="METHOD", help="sft (the default), or dpo for samples with chosen and rejected."),
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
    split: Annotated[
        list[str] | None,
        typer.Option(metavar="SPLIT", help="Write this split only: train, validation or test. May be repeated."),
    ] = None,
    no_lint: Annotated[bool, typer.Option("--no-lint", help="Do not lint before; the manifest will say so.")] = False,
    today: Annotated[
        str, typer.Option(metavar="DATE", help="The day for which dates are judged; that of the clock if left out.")
    ] = "",
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show what was written.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Write a dataset as training files: for each target rows, a manifest, and which sample each line comes from.

    The dataset is linted first, and errors stop it. The exit code is 0 if all targets were written, 1 if one was
    refused or the linter found errors, 2 if the command or palms itself failed.
    """
    from palms_spec.cli.days import day_of
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.targets.registry import TARGETS
    from palms_spec.workflows.compile import compile_dataset

    day = day_of(today)
    names = [name for word in target or () for name in (TARGETS if word == "all" else (word,))]
    compiled = compile_dataset(
        dataset,
        Path.cwd(),
        targets=names,
        out=out,
        method=method,
        shape=shape,
        model=model,
        lint=not no_lint,
        splits=split or (),
        today=today,
    )
    terminal = Output(sys.stdout, terminal_for(sys.stdout, color))
    if compiled.stopped and compiled.linted is not None:
        from palms_spec.cli.lint_errors import write_errors

        write_errors(compiled.linted, Output(sys.stderr, terminal_for(sys.stderr, color)))
    if output_format == "json":
        from palms_spec.render.compiled import compiled_value
        from palms_spec.render.escaping import json_text

        typer.echo(json_text(compiled_value(compiled.dataset, compiled.out, compiled.targets)))
    elif compiled.targets:
        from palms_spec.render.compiled import write_compiled

        write_compiled(compiled.targets, compiled.out, day, terminal)
    return compiled.exit_code
