"""`full`: each finding with the lines it stands in, what is expected, and what to do."""

from __future__ import annotations

from palms_spec.engine.outcome import Outcome
from palms_spec.render.closing import write_closing
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, shown_findings, write_hidden


def render_full(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings with snippets."""
    if outcome.tally.total:
        _write_findings(outcome, out, view)
    write_hidden(outcome, out, view)
    if view.closing:
        write_closing(outcome, out, view.namer())


def _write_findings(outcome: Outcome, out: Output, view: View) -> None:
    from palms_spec.render.finding_lines import finding_lines  # most runs find nothing
    from palms_spec.sources.excerpts import Excerpts

    excerpts, name = Excerpts(view.root, view.stand_ins), view.namer()
    try:
        for finding in shown_findings(outcome, view.limit):
            for parts in finding_lines(finding, excerpts, name, out.terminal.width):
                out.line(*parts)
            out.line()
    finally:
        excerpts.close()
