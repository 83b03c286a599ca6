"""`junit`: test results as CI services show them; a finding is a test.

It fails from `--fail-on` upwards, as the run does; what is less passes, with its text as output. A rule that failed is
an error, one that could not be evaluated is skipped. The text is ASCII, so it is the same in every encoding.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import SEVERITY_RANK, Finding
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, checkout_folder
from palms_spec.rulekit.crashed import RULE_CRASHED

Result = Literal["error", "failure", "passed"]

# What may not stand in XML 1.0, not even as a reference. `visible` leaves only the last two of them.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings as test cases of one suite, as they come."""
    counts = Counter(_result(finding, outcome) for finding in outcome.stream())
    skipped = len(outcome.not_evaluated)
    tests = counts.total() + skipped or 1
    numbers = f'tests="{tests}" failures="{counts["failure"]}" errors="{counts["error"]}"'
    write = out.stream.write
    write('<?xml version="1.0" encoding="UTF-8"?>\n')
    write(f'<testsuites name="palms lint" {numbers}>\n')
    write(f'<testsuite name="palms lint" {numbers} skipped="{skipped}">\n')
    name = view.paths_from(checkout_folder())
    for finding in outcome.stream():
        write("".join(_case(finding, name(finding.path), _result(finding, outcome))))
    for rule, reason in outcome.not_evaluated:
        write(
            f'<testcase classname="palms lint" name="{_text(rule)}"><skipped message="{_text(reason)}"/></testcase>\n'
        )
    if not counts and not skipped:
        write('<testcase classname="palms lint" name="all checks"/>\n')
    write("</testsuite>\n</testsuites>\n")


def _result(finding: Finding, outcome: Outcome) -> Result:
    if finding.rule == RULE_CRASHED.name:
        return "error"
    return "failure" if SEVERITY_RANK[finding.severity] >= SEVERITY_RANK[outcome.fail_on] else "passed"


def _case(finding: Finding, path: str, result: Result) -> Iterator[str]:
    span = finding.place.span
    place = f"{span.line}:{span.column}"
    yield f'<testcase classname="{_text(path)}" name="{_text(finding.rule)} ({_text(finding.code)}) at {place}">\n'
    message = f"{finding.severity}: {finding.message}"
    lines = [f"{path}:{place}", finding.expected, *([f"hint: {finding.hint}"] if finding.hint else [])]
    if result == "passed":
        yield f"<system-out>{_lines([message, *lines])}</system-out>\n"
    else:
        yield f'<{result} type="{finding.severity}" message="{_text(finding.message)}">{_lines(lines)}</{result}>\n'
    yield "</testcase>\n"


def _lines(lines: list[str]) -> str:
    return "\n".join(map(_text, lines))


def _text(text: str) -> str:
    """The text for an element or an attribute."""
    allowed = _FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text))
    escaped = html.escape(allowed).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return escaped.replace("[", "&#91;").replace("::", "&#58;&#58;")  # runners of CI jobs look for these in their logs
