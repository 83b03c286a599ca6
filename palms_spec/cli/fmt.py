"""`palms fmt`: the canonical form of documents and samples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from palms_spec.render.terminal import Part
    from palms_spec.workflows.fmt import Formatting


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders; the current folder if left out."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing; name the files that would change, and end with exit code 1."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Change nothing; print what would change as a patch for git apply.")
    ] = False,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Pass over what is excluded even if it is named in PATHS.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not say which files change.")] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", show_default=False)
    ] = "auto",
) -> int:
    """Bring specifications, prompts, datasets and samples into their canonical form. No value of them changes.

    Lines end at LF and without blanks, the last one too; there is no byte order mark; blank lines in YAML and around
    question and answer are tidied; front matter has its keys in one order. Comments stay, and an answer stays as it is.
    With --check or --diff the exit code is 1 if a file would change.
    """
    from palms_spec.render.escaping import visible
    from palms_spec.render.terminal import Output, terminal_for
    from palms_spec.render.view import View
    from palms_spec.workflows.fmt import formatting

    stream = sys.stderr if diff else sys.stdout
    out = Output(stream, terminal_for(stream, color))
    with formatting(paths or [], force_exclude=force_exclude) as done:
        name = View(done.root).namer()
        if diff:
            from palms_spec.cli.patches import write_patches

            write_patches(done.root, done.copies.items(), color)
        keeps = check or diff
        changed = list(done.copies) if keeps else done.write()
        for left in done.left_alone:
            out.line(("not formatted", "warning"), f": {name(left.path)}: {visible(left.reason)}")
        if not quiet:
            if not diff:
                for path in changed:
                    out.line(("would format" if keeps else "formatted", "strong"), f" {name(path)}")
            out.line(*_closing(done, len(changed), "would change" if keeps else "changed"))
    return EXIT_FINDINGS if changed and keeps else EXIT_CLEAN


def _closing(done: Formatting, changed: int, verb: str) -> list[Part]:
    """What it came to."""
    from palms_spec.render.closing import counted

    left = len(done.left_alone)
    same = done.total - changed - left
    rest = f", {left:,} left alone." if left else "."
    if changed:
        return [f"{counted(changed, 'file')} {verb}, {same:,} already in form{rest}"]
    if not done.total:
        return ["Nothing to format: no documents and no samples here."]
    if left:
        return [f"{counted(same, 'file')} already in form{rest}"]
    return [("All in form", "good"), f": {counted(same, 'file')}."]
