"""`github`: workflow commands that annotate the changed lines, errors first.

GitHub shows ten annotations of each level that a step writes. So many are written; all findings go into the summary of
the job, and a line in the log says how many there are of which.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import SEVERITIES, Acceptance, Finding, Severity
from palms_spec.render.closing import counted, write_closing
from palms_spec.render.escaping import visible
from palms_spec.render.markdown import write_markdown
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View, checkout_folder

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
MOST_OF_A_LEVEL = 10
SUMMARY_BYTES = 1_000_000
"""GitHub takes 1 MiB of summary from a step."""


def render_github(outcome: Outcome, out: Output, view: View, environment: Mapping[str, str] = os.environ) -> None:
    """Write a run's first findings as annotations, and all of them to the file that GITHUB_STEP_SUMMARY names."""
    name = view.paths_from(checkout_folder(environment))
    annotated = 0
    for severity in reversed(SEVERITIES):
        findings = (finding for finding in outcome.stream() if finding.severity == severity)
        for finding in islice(findings, MOST_OF_A_LEVEL):
            out.stream.write(command(finding, name))
            annotated += 1
    if outcome.tally.total:
        rest = _write_summary(outcome, view, environment.get("GITHUB_STEP_SUMMARY", ""), annotated)
        out.line(f"Annotated {annotated:,} of {counted(outcome.tally.total, 'finding')}{rest}.")
    if view.closing:
        write_closing(outcome, out, view.namer())


def command(finding: Finding, name: Callable[[str], str]) -> str:
    """The line that makes an annotation of a finding."""
    title = f"{finding.rule} ({finding.code})"
    told = (finding.message, finding.expected, finding.hint and f"hint: {finding.hint}")
    return _command(finding, name, LEVELS[finding.severity], title, told)


def accepted_command(finding: Finding, acceptance: Acceptance, name: Callable[[str], str]) -> str:
    """The line that makes a notice of a finding that is accepted."""
    title = f"{finding.rule} ({finding.code}), accepted"
    return _command(finding, name, "notice", title, (finding.message, f"accepted: {acceptance.reason}"))


def _command(finding: Finding, name: Callable[[str], str], level: str, title: str, told: Iterable[str]) -> str:
    span = finding.place.span
    properties = {
        "file": visible(name(finding.path)),
        "line": span.line,
        "endLine": max(span.line, _last_line(finding)),
    }
    if span.line == span.end_line:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = title
    text = "\n".join(visible(part) for part in told if part)
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{level} {written}::{_data(text)}\n"


def _last_line(finding: Finding) -> int:
    """The last line of which something is meant: a span that ends before the first column ends on the line above."""
    span = finding.place.span
    return span.end_line - (span.end_column == 1)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _write_summary(outcome: Outcome, view: View, path: str, annotated: int) -> str:
    """Add to the summary of the job; where what is not annotated can be read, in words."""
    elsewhere = "; the others are shown by --output-format full --all" if annotated < outcome.tally.total else ""
    if not path:
        return elsewhere
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            before = os.fstat(file.fileno()).st_size
            if before:
                file.write("\n\n")
            room = max(0, SUMMARY_BYTES - before)
            hidden = write_markdown(outcome, Output(file, Terminal()), view, limit=None, room=room)
    except OSError as error:
        return f"{elsewhere} (the job summary cannot be written: {(error.strerror or str(error)).lower()})"
    if hidden:
        return f"; the job summary holds {outcome.tally.total - hidden:,}, as many as GitHub takes"
    return "; the job summary holds all"
