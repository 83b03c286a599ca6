"""`jsonl`: a JSON value a line, for programs that read findings as they come. None is left out.

Lines with the kind `finding` are the findings of the `json` report; the last line has the kind `summary` and holds the
rest of it, so that a stream that was cut off can be told from one that is whole.
"""

from __future__ import annotations

from palms_spec.engine.outcome import Outcome
from palms_spec.render.escaping import json_text
from palms_spec.render.json import finding_value, head_value, tail_value
from palms_spec.render.terminal import Output
from palms_spec.render.view import View


def render_jsonl(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings a line each, then what it came to."""
    write = out.stream.write
    for finding in outcome.stream():
        write(json_text({"kind": "finding", **finding_value(finding)}) + "\n")
    write(json_text({"kind": "summary", **head_value(outcome), **tail_value(outcome)}) + "\n")
