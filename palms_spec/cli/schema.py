"""`palms schema`: JSON Schemas of the documents."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND", help="values-spec, prompt-set, dataset, sample, rule-pack, review, approval or report."
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write all schemas into .palms/schemas of the project.")
    ] = False,
) -> None:
    """Print the JSON Schema of a kind of document, or write them all for an editor."""
    from pathlib import Path

    from palms_spec.documents.discovery import find_root
    from palms_spec.errors import UsageError
    from palms_spec.workflows.schema import KINDS, schema_text, write_schemas

    if write:
        if kind is not None:
            raise UsageError("--write writes all schemas; leave the kind out")
        root = find_root(Path.cwd())
        if root is None:
            raise UsageError("no palms.toml here or in a folder above", hint="palms init makes a project")
        for name in write_schemas(root):
            typer.echo(f"wrote {name}")
    elif kind is None:
        raise UsageError("name a kind", hint=f"one of {', '.join(KINDS)}; or --write for all")
    else:
        typer.echo(schema_text(kind), nl=False)
