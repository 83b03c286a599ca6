"""A comparison in a job of GitHub Actions: annotations at the lines that changed, errors first, and all of it in the
summary of the job. What is accepted is annotated as a notice that says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import islice

from palms_spec.comparison.telling import counted
from palms_spec.engine.difference import Difference
from palms_spec.findings import SEVERITIES
from palms_spec.render.diff_markdown import render_diff_markdown
from palms_spec.render.diff_parts import tally_told
from palms_spec.render.escaping import visible
from palms_spec.render.github import MOST_OF_A_LEVEL, SUMMARY_BYTES, accepted_command, command
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View, checkout_folder


def render_diff_github(
    diff: Difference, out: Output, view: View, *, today: str, environment: Mapping[str, str] = os.environ
) -> None:
    """Write the first findings as annotations, and everything to the file that GITHUB_STEP_SUMMARY names."""
    name = view.paths_from(checkout_folder(environment))
    annotated = 0
    for severity in reversed(SEVERITIES):
        findings = (one.finding for one in diff.said if not one.acceptance and one.finding.severity == severity)
        for finding in islice(findings, MOST_OF_A_LEVEL):
            out.stream.write(command(finding, name))
            annotated += 1
    accepted = [(one.finding, one.acceptance) for one in diff.said if one.acceptance]
    for finding, acceptance in accepted[:MOST_OF_A_LEVEL]:
        out.stream.write(accepted_command(finding, acceptance, name))
        annotated += 1
    out.line(f"palms diff: {counted(len(diff.seen), 'change')} since {visible(diff.base)}: {tally_told(diff)}.")
    if annotated < len(diff.said):
        out.line(f"Annotated {annotated:,} of {len(diff.said):,}; the others are shown by --output-format text --all.")
    path = environment.get("GITHUB_STEP_SUMMARY", "")
    if path:
        try:
            _add(path, diff, view, today)
        except OSError as error:
            out.line(f"The job summary cannot be written: {(error.strerror or str(error)).lower()}.")


def _add(path: str, diff: Difference, view: View, today: str) -> None:
    with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        before = os.fstat(file.fileno()).st_size
        if before:
            file.write("\n\n")
        render_diff_markdown(diff, Output(file, Terminal()), view, today=today, room=max(0, SUMMARY_BYTES - before))
