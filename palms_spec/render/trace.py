"""The matrix of positions, samples, reviews and prompts: text, Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from palms_spec.comparison.telling import counted
from palms_spec.facts.tracing import Trace, TracedPosition
from palms_spec.render.escaping import visible
from palms_spec.render.markdown_text import code, inline
from palms_spec.render.terminal import Output

SPLITS = ("test", "development", "probe")
CSV_COLUMNS = ("spec", "category", "position", "status", "dataset", "sample", "path", "state", "gaps")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute."""


def render_trace(trace: Trace, out: Output, *, gaps_only: bool = False) -> None:
    """Write the matrix for a terminal."""
    rows = [one for one in trace.positions if one.gaps or not gaps_only]
    width = max((len(visible(one.position)) for one in rows), default=0)
    out.line((f"{'position':{width}}  samples  reviewed  stale  test  dev.", "faint"))
    for one in rows:
        states = Counter(sample.state for sample in one.samples)
        numbers = (
            f"{len(one.samples):7}  {states['reviewed']:8}  {states['stale']:5}  "
            f"{len(one.prompts.get('test', ())):4}  {len(one.prompts.get('development', ())):4}"
        )
        gaps = "retired" if one.retired else "; ".join(one.gaps)
        out.line(f"{visible(one.position):{width}}  {numbers}  ", (gaps, "faint" if one.retired else "warning"))
    out.line()
    _write_closing(trace, out)


def _write_closing(trace: Trace, out: Output) -> None:
    for path in trace.unread:
        out.line(("cannot be read to its end: ", "warning"), visible(path))
    total = len(trace.positions)
    if not total:
        out.line("There is no specification in this project.")
    elif trace.with_gaps:
        out.line(f"{trace.with_gaps} of {counted(total, 'position')} ", ("lack something", "warning"), ".")
    else:
        out.line(f"Nothing is missing for any of {counted(total, 'position')}.")


def trace_markdown(trace: Trace, *, gaps_only: bool = False) -> Iterator[str]:
    """The matrix as lines of Markdown."""
    yield "| position | samples | reviewed | stale | test prompts | development prompts | gaps |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for one in trace.positions:
        if gaps_only and not one.gaps:
            continue
        states = Counter(sample.state for sample in one.samples)
        prompts = [len(one.prompts.get(split, ())) for split in SPLITS[:2]]
        cells = (len(one.samples), states["reviewed"], states["stale"], *prompts)
        gaps = "retired" if one.retired else "; ".join(one.gaps)
        yield f"| {code(one.position, cell=True)} | {' | '.join(map(str, cells))} | {inline(gaps, cell=True)} |"


def trace_csv(trace: Trace, *, gaps_only: bool = False) -> str:
    """A row a position and sample; a position without samples has one row. No cell is computed by a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in trace.positions:
        if one.gaps or not gaps_only:
            writer.writerows([_cell(value) for value in row] for row in _csv_rows(one))
    return written.getvalue()


def _csv_rows(one: TracedPosition) -> Iterator[tuple[str, ...]]:
    head = (one.spec, one.category, one.position, "retired" if one.retired else "active")
    gaps = "; ".join(one.gaps)
    for sample in one.samples:
        yield (*head, sample.dataset, sample.id, sample.path, sample.state, gaps)
    if not one.samples:
        yield (*head, "", "", "", "", gaps)


def _cell(value: str) -> str:
    return "'" + value if value.startswith(FORMULA_STARTS) else value
