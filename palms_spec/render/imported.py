"""What `palms import` says, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from palms_spec.render.cells import wrapped
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.training.readers.imported import Imported, NotImported
from palms_spec.training.readers.source_files import SourceFile

VERSION = 1
MOST_FILES = 5


def write_imported(done: Imported, folder: str, out: Output) -> None:
    """Write what was read and how, the rows that were not imported, and what there is now. `folder` is its path as a
    user would write it."""
    found = f" ({', '.join(done.detected.keys)})" if done.detected.keys else ", as asked"
    names = [visible(file.name) for file in done.files[:MOST_FILES]]
    others = f" and {len(done.files) - MOST_FILES} more" if len(done.files) > MOST_FILES else ""
    out.line(
        (", ".join(names) + others, "strong"), f": {counted(done.rows, 'row')} of {done.detected.format.name}{found}"
    )
    if done.lost:
        out.line()
        for one in done.not_imported:
            _write_lost(one, out)
        if more := done.lost - sum(one.count for one in done.not_imported):
            out.line(("not imported", "error"), f": {more:,} more, shown with --all")
    out.line()
    if not done.samples:
        out.line(("Nothing was written", "error"), ": no row could be imported.")
        return
    where = "a file each" if done.as_files else "as rows of samples.jsonl"
    out.line(("Wrote", "good"), f" {counted(done.samples, 'sample')} to {visible(folder)}, {where}.")
    for remark in _remarks(done):
        for line in wrapped(visible(remark), out.terminal.width):
            out.line(line)
    out.line(f"Next: palms lint {visible(folder)}")


def _write_lost(one: NotImported, out: Output) -> None:
    first, *rest = wrapped(f"{_place(one)}: not imported: {visible(one.reason)}", out.terminal.width)
    head, mark, tail = first.partition("not imported")
    out.line(head, (mark, "error"), tail)
    for line in rest:
        out.line(f"  {line}")


def _place(one: NotImported) -> str:
    first = f"{one.file}:{one.line}" if one.line else f"{one.file}, row {one.row}"
    return visible(first) + (f" and {counted(one.count - 1, 'row')} more" if one.count > 1 else "")


def _remarks(done: Imported) -> Iterator[str]:
    if done.columns:
        listed = ", ".join(f"{name} ({count:,})" for name, count in done.columns.most_common(12))
        rest = f" and {len(done.columns) - 12} more" if len(done.columns) > 12 else ""
        yield f"In the metadata of samples: {listed}{rest}."
    if done.system is not None:
        yield "All samples have the same system prompt: it stands in dataset.yaml."


def imported_value(done: Imported, folder: str) -> dict[str, Any]:
    """What was imported as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": VERSION,
        "dataset": done.dataset,
        "out": Path(folder).as_posix() if done.samples else None,
        "format": done.detected.format.name,
        "detected_by": list(done.detected.keys) or None,
        "sources": [_source(file) for file in done.files],
        "rows": done.rows,
        "samples": done.samples,
        "samples_as": "files" if done.as_files else "rows",
        "system_prompt": done.system,
        "metadata": dict(done.columns),
        "not_imported": {
            "count": done.lost,
            "rows": [
                {
                    "file": one.file,
                    "line": one.line or None,
                    "row": one.row or None,
                    "reason": one.reason,
                    "count": one.count,
                }
                for one in done.not_imported
            ],
        },
    }


def _source(file: SourceFile) -> dict[str, Any]:
    return {"file": file.name, "kind": file.kind, "split": file.split or None}
