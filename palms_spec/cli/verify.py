"""`palms verify`: prove that compiled files come from their sources."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer


def verify(
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="A manifest.json, or the folder with it or with a model.")
    ],
    at: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Read the sources from this git revision, not from the files at hand."),
    ] = None,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Prove that compiled files come from the sources in their manifest: hashes first, then the sources compiled again.

    A model that palms finetune trained on this machine is proved the same way: its files, the model it began as if that
    is at hand, and where the rows that it learnt come from.

    The exit code is 0 if every byte agrees, 1 if not, 2 if there is nothing to verify.
    """
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.verified import verified_value, write_verified
    from palms_spec.workflows.verify import verify as verify_manifest

    verified = verify_manifest(manifest, at)
    if output_format == "json":
        from palms_spec.render.escaping import json_text

        typer.echo(json_text(verified_value(verified)))
    else:
        write_verified(verified, Output(sys.stdout, terminal_for(sys.stdout, color)))
    return verified.exit_code
