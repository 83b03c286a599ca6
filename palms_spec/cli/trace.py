"""`palms trace`: positions with their samples, reviews and prompts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN

if TYPE_CHECKING:
    from palms_spec.facts.tracing import Trace


def trace(
    output_format: Annotated[
        Literal["text", "markdown", "csv", "html"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it into this file.", show_default=False)
    ] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Show only positions that lack something.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Show for every position which samples serve it, how they were reviewed, and which prompts ask about it.

    Positions that lack something come first. The exit code says nothing about gaps: `palms lint` does.
    """
    from palms_spec.render.terminal import Output, Terminal, terminal_for
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.trace import trace as traced

    found = traced(Asked(cache=not no_cache).settings(), cache=not no_cache)
    if output_format == "text" and out is None:
        from palms_spec.render.trace import render_trace

        render_trace(found, Output(sys.stdout, terminal_for(sys.stdout, color)), gaps_only=gaps)
        return EXIT_CLEAN
    text = _written(found, output_format, gaps)
    if out is None:
        Output(sys.stdout, Terminal()).stream.write(text)
        return EXIT_CLEAN
    from palms_spec.sources.atomic import replacing

    with replacing(out) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
    return EXIT_CLEAN


def _written(found: Trace, output_format: str, gaps: bool) -> str:
    import io

    from palms_spec.render.terminal import Output, Terminal
    from palms_spec.render.trace import render_trace, trace_csv, trace_markdown

    if output_format == "html":
        from palms_spec.render.trace_html import trace_html

        return trace_html(found, "Positions, samples, reviews and prompts")
    if output_format == "csv":
        return trace_csv(found, gaps_only=gaps)
    if output_format == "markdown":
        return "\n".join(trace_markdown(found, gaps_only=gaps)) + "\n"
    written = io.StringIO()
    render_trace(found, Output(written, Terminal()), gaps_only=gaps)
    return written.getvalue()
