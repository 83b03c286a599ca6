"""`palms rule`: explain a rule, or list them."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer


def rule(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|CODE", help="A rule, or a family such as SAM; all rules if left out."),
    ] = None,
    output_format: Annotated[
        Literal["text", "json", "markdown"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> None:
    """Explain a rule: what it finds, why it matters, its settings. Without a name, list the rules."""
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.rulekit.index import read_index
    from palms_spec.workflows.rules import named_rules

    records = named_rules(name) if name is not None else read_index()
    if output_format == "json":
        from palms_spec.render.escaping import json_text
        from palms_spec.render.rule_table import rules_value

        typer.echo(json_text(rules_value(records)))
    elif len(records) == 1 and name is not None:
        from palms_spec.render.rule_page import rule_markdown, write_rule_page

        if output_format == "markdown":
            typer.echo(rule_markdown(records[0]), nl=False)
        else:
            write_rule_page(records[0], Output(sys.stdout, terminal_for(sys.stdout, color)))
    else:
        from palms_spec.render.rule_table import rules_markdown, write_rule_table

        if output_format == "markdown":
            typer.echo(rules_markdown(records), nl=False)
        else:
            write_rule_table(records, Output(sys.stdout, terminal_for(sys.stdout, color)))
