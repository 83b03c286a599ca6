"""`palms config`: the settings that count."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer


def config(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="A key of palms.toml to explain; all settings if left out.")
    ] = None,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> None:
    """Show the settings and where each comes from, or explain a key of palms.toml."""
    from palms_spec.render.settings import explained_value, settings_value, write_explained, write_settings
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.settings import effective_settings, explained_key

    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    if key is None:
        found = effective_settings(Asked())
        if output_format == "json":
            _write_json(settings_value(found))
        else:
            write_settings(found, out)
        return
    explained = explained_key(Asked(), key)
    if output_format == "json":
        _write_json(explained_value(explained))
    else:
        write_explained(explained, out)


def _write_json(value: object) -> None:
    from palms_spec.render.escaping import json_text

    typer.echo(json_text(value))
