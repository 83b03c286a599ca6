"""`concise`: one line a finding, as editors and other tools read them."""

from __future__ import annotations

from palms_spec.engine.outcome import Outcome
from palms_spec.render.closing import write_closing
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, shown_findings, write_hidden


def render_concise(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings, a line each."""
    name = view.namer()
    for finding in shown_findings(outcome, view.limit):
        span = finding.place.span
        out.line(
            (f"{name(finding.path)}:{span.line}:{span.column}: ", "plain"),
            (finding.severity, finding.severity),
            f" {finding.code} " if finding.code != finding.rule else " ",  # a pack's rule may have no code
            (finding.rule, "strong"),
            f" {visible(finding.message)}",
        )
    write_hidden(outcome, out, view)
    if view.closing:
        write_closing(outcome, out, name)
