"""What `palms import` says of a published specification, as text and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from palms_spec.documents.published.imported import (
    ANSWERS_FOLDER,
    FORMAT,
    PAIRS_FOLDER,
    PROMPTS_FILE,
    SPEC_FILE,
    ImportedSpec,
)
from palms_spec.render.cells import wrapped
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output

VERSION = 1


def write_imported_spec(done: ImportedSpec, folder: str, out: Output) -> None:
    """Write what was read, what there is now, and what is left to a person. `folder` is its path as a user would write
    it."""
    files = f", with {counted(done.prompt_files, 'file')} of prompts beside it" if done.prompt_files else ""
    out.line((visible(done.source), "strong"), f": a published specification, version {done.version}{files}")
    out.line()
    out.line(("Wrote", "good"), f" {visible(folder)}:")
    parts = (
        (SPEC_FILE, "position", done.positions, ""),
        (PROMPTS_FILE, "prompt", done.prompts, ""),
        (PAIRS_FOLDER + "/", "preference pair", done.pairs, f", the dataset {done.name}"),
        (
            ANSWERS_FOLDER + "/",
            "answer",
            done.answers,
            f" that nothing stands against, the dataset {done.name}-answers",
        ),
    )
    for name, noun, number, more in parts:
        if number:
            out.line(f"  {name:<14}{counted(number, noun)}{visible(more)}")
    for remark in _remarks(done):
        for line in wrapped(remark, out.terminal.width):
            out.line(line)
    out.line(f"Next: palms lint {visible(folder)}")


def _remarks(done: ImportedSpec) -> list[str]:
    remarks = ["A published text takes no stances: until you add them, lint asks for one at each position."]
    if done.unsettled:
        were = "comparison stays" if done.unsettled == 1 else "comparisons stay"
        remarks.append(f"{done.unsettled} {were} text of a section: lint {done.source} says why.")
    return remarks


def imported_spec_value(done: ImportedSpec, folder: str) -> dict[str, Any]:
    """The same as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": VERSION,
        "format": FORMAT,
        "source": done.source,
        "out": Path(folder).as_posix(),
        "spec": {"id": done.name, "version": done.version, "positions": done.positions},
        "prompts": done.prompts,
        "prompt_files": done.prompt_files,
        "preference_pairs": done.pairs,
        "answers": done.answers,
        "unsettled_comparisons": done.unsettled,
    }
