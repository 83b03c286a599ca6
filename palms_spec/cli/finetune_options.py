"""Arguments and options that commands of `palms finetune` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="What palms compile wrote for one target.")]
JobName = Annotated[
    str | None,
    typer.Argument(metavar="JOB", help="Its id; the last one of this project that is not over if left out."),
]
ProviderName = Annotated[
    str | None,
    typer.Option(
        "--provider",
        metavar="NAME",
        help="openai, azure, together, fireworks or local; the one that FOLDER is compiled for, or that started JOB, "
        "if left out.",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="Ask at this address: a server that speaks as the provider does, or your Azure resource."
    ),
]
KeyVariable = Annotated[
    str | None,
    typer.Option("--key-variable", metavar="NAME", help="The environment variable that holds the key."),
]
Model = Annotated[
    str | None,
    typer.Option(metavar="MODEL", help="The model to train; the one that FOLDER is compiled for if left out."),
]
NoValidation = Annotated[bool, typer.Option("--no-validation", help="Do not hand over the validation file.")]
Price = Annotated[
    float | None,
    typer.Option(metavar="DOLLARS", help="Reckon the cost with this price of a million training tokens."),
]
Again = Annotated[bool, typer.Option("--again", help="Start a job although the same one runs or has succeeded.")]
AllEvents = Annotated[bool, typer.Option("--all", help="Show also the events that were shown by an earlier call.")]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Save there what the job leaves behind besides the model.")
]
Unverified = Annotated[
    bool,
    typer.Option(
        "--unverified", help="Do not ask for the sources of the files; what they are is checked all the same."
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="A setting that this provider has besides, in JSON or as a word. Repeatable."
    ),
]
Form = Annotated[Literal["text", "json"], typer.Option(help="How to show it.", show_default=False)]
WatchForm = Annotated[
    Literal["text", "jsonl"], typer.Option("--output-format", help="How to show it.", show_default=False)
]
Color = Annotated[Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)]
Today = Annotated[
    str, typer.Option(metavar="DATE", help="The day for which dates are judged; that of the clock if left out.")
]
