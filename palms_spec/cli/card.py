"""`palms card`: the card of a dataset."""

from __future__ import annotations

from typing import Annotated

import typer


def card(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="The id of a dataset, or its path.")],
    write: Annotated[bool, typer.Option("--write", help="Write README.md beside the dataset's document.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if that README.md is not up to date.")] = False,
) -> int:
    """Print the card of a dataset (the README of a Hugging Face repository): what is declared and what is measured."""
    from pathlib import Path

    from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
    from palms_spec.sources.atomic import write_atomically
    from palms_spec.workflows.card import dataset_card
    from palms_spec.workflows.datasets import open_dataset

    if write and check:
        raise UsageError("--write and --check exclude each other")
    opened = open_dataset(dataset, Path.cwd())
    text = dataset_card(opened)
    path = opened.root / Path(opened.path).parent / "README.md"
    if write:
        write_atomically(path, text.encode())
        typer.echo(f"wrote {path.relative_to(opened.root)}")
    elif check:
        if not path.is_file() or path.read_text("utf-8") != text:
            typer.echo(
                f"{path.relative_to(opened.root)} is not up to date; write it with: palms card {dataset} --write"
            )
            return EXIT_FINDINGS
    else:
        typer.echo(text, nl=False)
    return EXIT_CLEAN
