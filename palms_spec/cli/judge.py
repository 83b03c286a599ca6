"""`palms judge`: have a model or a program judge samples against positions, and measure it first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def judge(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders with samples; the whole project if left out."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The model, as its server calls it.", show_default=False)
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask at this address, which speaks as OpenAI does.", show_default=False),
    ] = None,
    key_variable: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The environment variable that holds the key.", show_default=False),
    ] = None,
    program: Annotated[
        str | None,
        typer.Option(
            "--judge",
            metavar="command:PROGRAM",
            help="Ask a program in place of a model: JSON lines in, JSON lines out.",
            show_default=False,
        ),
    ] = None,
    judge_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the program signs its verdicts with.", show_default=False)
    ] = None,
    judge_version: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="What tells its versions apart besides its files.", show_default=False),
    ] = None,
    votes: Annotated[
        str | None,
        typer.Option(
            metavar="[K/]N",
            help="Ask N times, and have K agree (more than half if left out); 2 if left out.",
            show_default=False,
        ),
    ] = None,
    structured: Annotated[
        Literal["schema", "object", "none"] | None,
        typer.Option(
            help="What the server is told of an answer's form: its schema (the default), that it is JSON, nothing.",
            show_default=False,
        ),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A field of the request, in JSON or as a word. Repeatable."),
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(metavar="N", help="Cases at a time; 4 if left out.", show_default=False)
    ] = None,
    per_minute: Annotated[
        int | None, typer.Option(metavar="N", help="At most so many requests a minute.", show_default=False)
    ] = None,
    timeout: Annotated[int, typer.Option(metavar="SECONDS", help="For how long a judge may say nothing.")] = 120,
    price: Annotated[
        str | None,
        typer.Option(
            metavar="IN/OUT",
            help="Reckon with these dollars for a million tokens in, and for a million out.",
            show_default=False,
        ),
    ] = None,
    position: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Judge against this position only. Repeatable.")
    ] = None,
    also_reviewed: Annotated[
        bool, typer.Option("--also-reviewed", help="Judge also what others have judged already.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(metavar="N", help="Take at most so many cases now.", show_default=False)
    ] = None,
    validate: Annotated[
        Path | None,
        typer.Option(
            metavar="LABELLED", help="Measure the judge on labelled answers; no sample is judged.", show_default=False
        ),
    ] = None,
    spec: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose positions the labelled answers name.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be judged, what it takes, and what is sent first.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before a model is asked, which may cost money.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show all cases, not only the first.")] = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How to show it.", show_default=False)
    ] = "text",
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Have a model or a program judge samples against the positions that they name.

    Each verdict is added to a file of review records beside its dataset as soon as it is there. Only what has no
    verdict that still stands is judged, so a call that was cut off goes on when it is made again. The text of a sample
    is data to the judge, not to be followed. An answer that cannot be read is no verdict: it is asked for once more,
    then reported.

    Measure a judge before you believe it: --validate holds it against labelled answers, and keeps its figures beside
    its name. The key of a model is read from the environment only: OPENAI_API_KEY, or the variable of --key-variable.
    The exit code is 1 if a case has no verdict in the end, or you do not agree to the cost.
    """
    from palms_spec.cli import judge_running as running
    from palms_spec.workflows.judges import Wish, chosen_judge

    chosen = chosen_judge(
        Wish(
            model=model,
            base_url=base_url,
            key_variable=key_variable,
            program=program,
            name=judge_name,
            version=judge_version,
            votes=votes,
            structured=structured,
            settings=running.settings_of(sets),
            workers=concurrency,
            per_minute=per_minute,
            seconds=timeout,
        )
    )
    how = running.How(running.price_of(price), limit, dry_run, yes, everything, output_format, color)
    if validate is not None:
        running.refuse_beside("--validate", paths=paths, position=position, also_reviewed=also_reviewed)
        return running.measured(chosen, validate, spec, how)
    running.refuse_without("--validate", spec=spec)
    return running.judged(chosen, tuple(paths or ()), tuple(position or ()), also_reviewed, how)
