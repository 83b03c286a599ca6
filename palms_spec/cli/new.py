"""`palms new`: scaffold one sample, category, position, prompt or rule."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import UsageError

if TYPE_CHECKING:
    from palms_spec.workflows.written_documents import Written

COMMANDS = ("sample", "category", "position", "prompt", "rule")

Spec = Annotated[
    str | None, typer.Option(metavar="SPEC", help="A values-spec by id or path; not needed where there is one.")
]
Category = Annotated[str | None, typer.Option(metavar="ID", help="Its category; that of its positions if left out.")]
Positions = Annotated[
    list[str] | None, typer.Option("--position", metavar="ID", help="A position. May be given more than once.")
]


def new(context: typer.Context) -> None:
    """Write one new thing into a project: a file, or an item in a document whose layout and comments stay.

    Nothing is ever overwritten.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def sample(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What is asked, in quotes.")],
    dataset: Annotated[
        str | None, typer.Option(metavar="DATASET", help="By id or path; not needed where there is one.")
    ] = None,
    category: Category = None,
    positions: Positions = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of the file; the first words of the question if left out.")
    ] = None,
) -> None:
    """Write a sample, all but its answer.

    The file stands where its dataset looks for samples, and is named after the question.
    """
    from palms_spec.workflows.new_sample import new_sample

    _say(new_sample(question, Path.cwd(), dataset=dataset, category=category, positions=positions or (), name=name))


def category(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as health.")],
    spec: Spec = None,
    title: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What it is called; made of its id if left out.")
    ] = None,
) -> None:
    """Add a category to a specification.

    It comes behind the last one.
    """
    from palms_spec.workflows.new_entries import new_category

    _say(new_category(name, Path.cwd(), spec=spec, title=title))


def position(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as health.no-diagnosis.")],
    spec: Spec = None,
    category: Annotated[
        str | None, typer.Option(metavar="ID", help="Its category; the one its id begins with if left out.")
    ] = None,
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help="What the stance is about.")] = None,
    stance: Annotated[
        Literal["support", "oppose", "neutral", "defer"] | None,
        typer.Option(help="Toward the subject.", show_default=False),
    ] = None,
    statement: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A full sentence that says what an answer does.")
    ] = None,
) -> None:
    """Add a position to its category.

    It comes behind the last one.
    """
    from palms_spec.workflows.new_entries import new_position

    _say(
        new_position(
            name,
            Path.cwd(),
            spec=spec,
            category=category,
            subject=subject,
            stance=stance,
            statement=statement,
        )
    )


def prompt(
    text: Annotated[str, typer.Argument(metavar="PROMPT", help="What is asked, in quotes.")],
    prompts: Annotated[
        str | None,
        typer.Option("--set", metavar="SET", help="A prompt-set by id or path; not needed where there is one."),
    ] = None,
    category: Category = None,
    positions: Positions = None,
    split: Annotated[
        Literal["development", "test"], typer.Option(help="Development prompts may drive additions to the dataset.")
    ] = "test",
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; counts on from the others if left out.")
    ] = None,
) -> None:
    """Add a prompt to a prompt set.

    It comes behind the last one of its category and split.
    """
    from palms_spec.workflows.new_entries import new_prompt

    _say(
        new_prompt(
            text,
            Path.cwd(),
            prompts=prompts,
            category=category,
            positions=positions or (),
            split=split,
            name=name,
        )
    )


def rule(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Names the bad thing: shouted-words.")],
    pack: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add it to this pack, or begin a pack with it: rules/house.yaml."),
    ] = None,
    family: Annotated[
        str | None, typer.Option(metavar="FAMILY", help="Capital letters that its code begins with.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="DIR", help="The rule package; the one of this plug-in if left out."),
    ] = None,
) -> None:
    """Write a rule, in Python or in a pack.

    It looks for its own name and can be tested at once: change what it looks for, its page and its examples.
    """
    from palms_spec.workflows.new_rule import new_pack_rule, new_rule_file
    from palms_spec.workflows.rules import project_rules

    here = Path.cwd()
    known = project_rules(here)
    if pack is not None:
        if folder is not None:
            raise UsageError("--pack and --dir exclude each other")
        _say(new_pack_rule(name, pack, here, known, family=family or ""))
    elif family is None:
        raise UsageError("name its family with --family, or a pack with --pack")
    else:
        _say(new_rule_file(name, family, here, known, folder=folder))


def _say(written: Written) -> None:
    from palms_spec.render.escaping import visible
    from palms_spec.render.terminal import Output, terminal_for

    out = Output(sys.stdout, terminal_for(sys.stdout))
    out.line(f"Wrote {visible(written.path)}.")
    for advice in written.advice:
        out.line(f"Next: {visible(advice)}")
