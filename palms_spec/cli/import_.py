"""`palms import`: training files as a dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


def import_(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="A file of rows (JSONL or a JSON list, packed by gzip or not; Parquet; Arrow), a folder of them, or "
            "one that save_to_disk of Hugging Face's datasets wrote; or a published specification in Markdown.",
        ),
    ],
    format: Annotated[  # noqa: A002 - the name of the option
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="How the rows are written: chat, prompt-completion, alpaca, sharegpt, preference, openai-dpo, vertex, "
            "question-answer, self-instruct or text; or model-spec for a published specification; found out if left "
            "out.",
        ),
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="SPLIT", help="Of a folder with several splits, the one to import.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where to write the dataset, which gets its id from the name of the folder; datasets/NAME in the "
            "project, after the source, if left out.",
        ),
    ] = None,
    most_files: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Up to N samples become a file each, more become rows of one JSONL file.",
        ),
    ] = 500,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a dataset that was imported before, with all changes made in it.")
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Name every row that was not imported, not only the first for each reason.")
    ] = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show what was imported.", show_default=False)
    ] = "text",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Write training files and preference data as a dataset, with all that they hold.

    What has no field of its own is kept in the metadata of the samples, and so is the row that each comes from. A
    published specification becomes a values-spec, a prompt set and datasets, in specs/NAME of the project. The exit
    code is 0 if all was imported, 1 if some rows were not, 2 if the command or palms itself failed. What is written is
    there whole or not at all.
    """
    from palms_spec.errors import EXIT_CLEAN, UsageError
    from palms_spec.render.imported import imported_value, write_imported
    from palms_spec.render.progress import ProgressBar
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.workflows.imported_folder import shown
    from palms_spec.workflows.importing import import_data

    if _import_spec(source, format, split, out, force, output_format, color):
        return EXIT_CLEAN
    if most_files < 0:
        raise UsageError(f"--most-files is a number of files, not {most_files}")
    done = import_data(
        source,
        Path.cwd(),
        form=format,
        split=split,
        out=out,
        most_files=most_files,
        one_by_one=show_all,
        force=force,
        progress=(lambda share: None) if quiet else ProgressBar(sys.stderr, "importing"),
    )
    folder = shown(done.folder, Path.cwd())
    if output_format == "json":
        from palms_spec.render.escaping import json_text

        typer.echo(json_text(imported_value(done, folder)))
    else:
        write_imported(done, folder, Output(sys.stdout, terminal_for(sys.stdout, color)))
    return done.exit_code


def _import_spec(
    source: Path,
    form: str | None,
    split: str | None,
    out: Path | None,
    force: bool,
    output_format: str,
    color: Literal["auto", "always", "never"],
) -> bool:
    """Import a published specification; whether the source is one."""
    from palms_spec.workflows.importing_published import import_published, is_published_spec

    if not is_published_spec(source, form):
        return False
    from palms_spec.errors import UsageError
    from palms_spec.render.escaping import json_text
    from palms_spec.render.imported_spec import imported_spec_value, write_imported_spec
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.workflows.imported_folder import shown

    if split is not None:
        raise UsageError("a published specification has no splits", hint="leave --split out")
    done = import_published(source, Path.cwd(), out=out, force=force)
    folder = shown(done.folder, Path.cwd())
    if output_format == "json":
        typer.echo(json_text(imported_spec_value(done, folder)))
    else:
        write_imported_spec(done, folder, Output(sys.stdout, terminal_for(sys.stdout, color)))
    return True
