"""The files of a run, each with why it is looked at."""

from __future__ import annotations

from palms_spec.engine.files import Files
from palms_spec.render.cells import cells
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.render.view import View

WIDEST = 70


def write_files(found: Files, out: Output, view: View) -> None:
    """Write a line a file. What is passed over is only counted, unless everything is to be shown or it was named."""
    name = view.namer()
    named = frozenset(found.inputs.shown or ())
    shown = [file for file in found.files if not file.passed_over or view.limit is None or file.path in named]
    width = max((cells(name(file.path)) for file in shown if cells(name(file.path)) <= WIDEST), default=0)
    for file in shown:
        path = name(file.path)
        why = visible(f"passed over: {file.why}" if file.passed_over else file.why)
        out.line(path, " " * max(2, width + 2 - cells(path)), (why, "faint"))
    if not view.closing:
        return
    looked_at = sum(not file.passed_over for file in found.files)
    hidden = len(found.files) - len(shown)
    parts = [f"{counted(looked_at, 'file')} looked at"]
    if hidden:
        parts.append(f"{hidden:,} passed over, shown with --all")
    if found.others:
        parts.append(f"{found.others:,} more of the project read for what they say")
    out.line(("; ".join(parts) + ".", "strong"))
