"""`palms fmt`: the canonical form of documents and samples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS


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
    from palms_spec.render.closing import counted
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
            out.line(("not formatted", "warning"), f": {name(left.path)}: {left.reason}")
        if not quiet:
            if not diff:
                for path in changed:
                    out.line(("would format" if keeps else "formatted", "strong"), f" {name(path)}")
            same = done.total - len(changed) - len(done.left_alone)
            verb = "would change" if keeps else "changed"
            if changed:
                out.line(f"{counted(len(changed), 'file')} {verb}, {same:,} already in form.")
            elif done.total:
                out.line(("All in form", "good"), f": {counted(same, 'file')}.")
            else:
                out.line("Nothing to format: no documents and no samples here.")
    return EXIT_FINDINGS if changed and keeps else EXIT_CLEAN
