"""The entries of a baseline as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from palms_spec.engine.baseline import Standing
from palms_spec.render.cells import cells
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output

WIDEST = 60


def write_baseline_table(entries: Sequence[Standing], out: Output) -> None:
    """Write a line an entry: how many findings it accepts, of which rule, and where; and whether it is stale."""
    rule = max((len(one.entry.rule) for one in entries), default=0)
    places = [visible(one.entry.path) for one in entries]
    width = max((cells(place) for place in places if cells(place) <= WIDEST), default=0)
    for one, place in zip(entries, places, strict=True):
        entry = one.entry
        gone = entry.count - one.found
        note = "" if not gone else ("  stale" if not one.found else f"  {gone:,} of them stale")
        pointer = visible(entry.pointer)
        padded = place + " " * max(0, width - cells(place)) if pointer or note else place
        out.line(
            f"{entry.count:>6,}  ",
            (f"{visible(entry.rule):<{rule}}  ", "strong"),
            padded,
            (f"  {pointer}" if pointer else "", "faint"),
            (note, "warning"),
        )
    if entries:
        out.line()
    total, found = sum(one.entry.count for one in entries), sum(one.found for one in entries)
    text = f"{counted(total, 'finding')} accepted" if entries else "The baseline accepts nothing here"
    stale = f", {total - found:,} of them stale; palms baseline prune takes out what is" if total > found else ""
    out.line(f"{text}{stale}.")


def baseline_value(entries: Sequence[Standing]) -> dict[str, Any]:
    """The entries as a JSON value; its version goes up when something is renamed or removed."""
    return {"version": 1, "entries": [{**asdict(one.entry), "found": one.found} for one in entries]}
