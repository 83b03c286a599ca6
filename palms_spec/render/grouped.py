"""`grouped`: the findings of each file below its name."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import Finding
from palms_spec.render.cells import wrapped
from palms_spec.render.closing import write_closing
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part
from palms_spec.render.view import View, shown_findings, write_hidden

PLACE_WIDTH = 7
SEVERITY_WIDTH = len("warning")
MOST_PROSE = 120


def render_grouped(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings, file by file."""
    name = view.namer()
    width = min(out.terminal.width, MOST_PROSE)
    path = None
    for finding in shown_findings(outcome, view.limit):
        if finding.path != path:
            if path is not None:
                out.line()
            path = finding.path
            out.line((name(path), "strong"))
        for parts in _lines(finding, width):
            out.line(*parts)
    if path is not None and (view.closing or view.limit is not None):
        out.line()
    write_hidden(outcome, out, view)
    if view.closing:
        write_closing(outcome, out, name)


def _lines(finding: Finding, width: int) -> Iterator[tuple[Part, ...]]:
    span = finding.place.span
    place = f"  {f'{span.line}:{span.column}':<{PLACE_WIDTH}}  "
    severity = f"{finding.severity:<{SEVERITY_WIDTH}}"
    indent = len(place) + SEVERITY_WIDTH + len(finding.code) + 3
    head = f"{finding.rule}:"
    first, *rest = wrapped(f"{head} {visible(finding.message)}", max(width - indent, 30))
    yield (
        (place, "faint"),
        (severity, finding.severity),
        f"  {finding.code} ",
        (finding.rule, "strong"),
        first[len(finding.rule) :],
    )
    yield from ((" " * indent + line,) for line in rest)
