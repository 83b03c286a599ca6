"""`palms init`: a working project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Where to write it; the current folder if left out.", show_default=False),
    ] = Path(),
    template: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="palms-2021 (the eight categories, with samples) or minimal (two, to replace)."
        ),
    ] = "palms-2021",
) -> None:
    """Write a working project: spec, prompts, dataset with samples, palms.toml, schemas, hook and CI workflow."""
    from palms_spec.documents.suggestion import did_you_mean
    from palms_spec.errors import UsageError
    from palms_spec.workflows.init import TEMPLATES, create_project

    chosen = next((name for name in TEMPLATES if name == template), None)
    if chosen is None:
        hint = did_you_mean(template, TEMPLATES) or f"one of {', '.join(TEMPLATES)}"
        raise UsageError(f"there is no template {template}", hint=hint)
    names = create_project(folder, chosen)
    samples = sum("/samples/" in name for name in names)
    where = "" if folder == Path() else f"cd {folder} && "
    typer.echo(f"Wrote {len(names)} files to {folder.resolve()}, {samples} of them samples.")
    typer.echo(f"Next: {where}palms lint")
