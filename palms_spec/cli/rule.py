"""`palms rule`: explain rules, list them, or run them on their own examples."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from palms_spec.render.terminal import Output
    from palms_spec.rulekit.index import RuleRecord


def rule(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|CODE|PATH", help="Rules, or families such as SAM; all if left out. Paths with --test."
        ),
    ] = None,
    test: Annotated[
        bool,
        typer.Option(
            "--test",
            help="Run rules on their own examples: packs and rule files by path, rules by name; "
            "all rules of this project's packs and plug-ins if nothing is named.",
        ),
    ] = False,
    output_format: Annotated[
        Literal["text", "json", "markdown"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Explain rules: what they find, why it matters, their settings. Without a name, list them.

    The rules are those of palms and, in a project, those of its packs and plug-ins. With --test the exit code is 1 if
    an example is not as it says.
    """
    from pathlib import Path

    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.workflows.rules import named_rules, project_rules

    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    known = project_rules(Path.cwd())
    if test:
        if output_format != "text":
            raise UsageError("--test prints text; leave --output-format out")
        return _test(names or [], known, out)
    records = [record for name in names for record in named_rules(name, known)] if names else known
    if output_format == "json":
        from palms_spec.render.escaping import json_text
        from palms_spec.render.rule_table import rules_value

        typer.echo(json_text(rules_value(records)))
    elif names and len(records) == len(names):
        from palms_spec.render.rule_page import rule_markdown, write_rule_page

        for number, record in enumerate(records):
            if number:
                typer.echo()
            if output_format == "markdown":
                typer.echo(rule_markdown(record), nl=False)
            else:
                write_rule_page(record, out)
    else:
        from palms_spec.render.rule_table import rules_markdown, write_rule_table

        if output_format == "markdown":
            typer.echo(rules_markdown(records), nl=False)
        else:
            write_rule_table(records, out)
    return EXIT_CLEAN


def _test(words: list[str], known: tuple[RuleRecord, ...], out: Output) -> int:
    from palms_spec.render.rule_tests import write_rule_tests
    from palms_spec.workflows.rule_tests import tested_rules

    return EXIT_CLEAN if write_rule_tests(tested_rules(words, known), out) else EXIT_FINDINGS
