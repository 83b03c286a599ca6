"""`palms review`: people review samples against positions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from palms_spec.workflows.review_queue import Wanted


def review(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders with samples; the whole project if left out."),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who reviews; else git's user.", show_default=False)] = "",
    position: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only against this position. May be given more than once.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Offer all samples, also those of which no review is missing.")
    ] = False,
    own: Annotated[bool, typer.Option("--own", help="Offer samples that you wrote as well.")] = False,
    carry_over: Annotated[
        str,
        typer.Option(
            metavar="REASON", help="Renew stale reviews instead, after a change of style alone.", show_default=False
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="With --carry-over: do not ask.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Review samples against the positions that they serve: those whose review is missing come first, then stale ones.

    Every verdict is written to the file of its reviewer in the folder reviews beside the dataset before the next sample
    is shown, so the work can be left and taken up again at any time. From a pipe each line is an answer: a key, and
    behind a verdict the reason for it.
    """
    from palms_spec.errors import EXIT_CLEAN, UsageError
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import View
    from palms_spec.workflows.asked import Asked
    from palms_spec.workflows.review import ReviewSession, reviewer_of

    if yes and not carry_over:
        raise UsageError("--yes goes with --carry-over")
    settings = Asked(tuple(paths or ()), cache=not no_cache).settings()
    wanted = _wanted(settings.root, paths or [], position or [], everything, own)
    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    name = View(settings.root).namer()
    if carry_over.strip():
        from palms_spec.cli.carrying_over import carry

        return carry(settings, carry_over.strip(), by, wanted, out, yes=yes, cache=not no_cache)
    from palms_spec.cli.keys import answers_from
    from palms_spec.cli.reviewing import hold
    from palms_spec.render.review import write_closing, write_nothing

    session = ReviewSession(settings, reviewer_of(settings.root, by), wanted, cache=not no_cache)
    if not session.items:
        write_nothing(out, session.reviewer, asks=session.asks_for_any, unread=tuple(map(name, session.unread)))
        return EXIT_CLEAN
    with session:
        tally = hold(session, answers_from(sys.stdin), out, name)
    passed: dict[str, int] = {word: len(numbers) for word, numbers in tally.passed.items()}
    write_closing(out, len(tally.reviewed), len(tally.skipped), len(session.items), passed, session.unread)
    return EXIT_CLEAN


def _wanted(root: Path, paths: list[Path], positions: list[str], everything: bool, own: bool) -> Wanted:
    import os

    from palms_spec.errors import UsageError
    from palms_spec.workflows.review_queue import Wanted

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError("no such file or folder: " + ", ".join(missing))
    below = tuple(Path(os.path.relpath(path, root)).as_posix() for path in paths)
    return Wanted(below, tuple(positions), everything, own)
