"""`markdown`: for a comment on a pull request or the summary of a job.

The verdict comes first, then a table by severity; details are folded. Nothing of what it quotes is parsed as Markdown
(`markdown_text`). It is cut where a comment would be refused for its length, and says how many findings are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from palms_spec.engine.outcome import Outcome
from palms_spec.errors import EXIT_ERROR
from palms_spec.findings import SEVERITIES, Finding, Severity
from palms_spec.render.closing import counted, verdict
from palms_spec.render.markdown_text import code, inline
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, checkout_folder

COMMENT_BYTES = 60_000
"""GitHub takes 65,536 characters in a comment."""
RESERVED_BYTES = 500
"""Room for what closes a part and says how much is left out."""
MOST_RELATED = 3


def render_markdown(outcome: Outcome, out: Output, view: View) -> None:
    """Write a run's findings in Markdown."""
    write_markdown(outcome, out, view, limit=view.limit, room=None if view.limit is None else COMMENT_BYTES)


def write_markdown(outcome: Outcome, out: Output, view: View, *, limit: int | None, room: int | None) -> int:
    """Write at most `limit` findings in at most `room` bytes, errors first; how many are left out."""
    page = _Page(out, room)
    page.close(f"**palms lint:** {''.join(part if isinstance(part, str) else part[0] for part in verdict(outcome))}")
    page.add(*_head(outcome))
    left = outcome.tally.total if limit is None else min(limit, outcome.tally.total)
    shown = 0
    for severity in reversed(SEVERITIES):
        if left and outcome.tally.severities[severity]:
            wrote = _write_part(outcome, severity, page, view, left)
            left -= wrote
            shown += wrote
    hidden = outcome.tally.total - shown
    if hidden:
        page.close("", f"… and {counted(hidden, 'more finding')}, shown by `palms lint --all`")
    return hidden


class _Page:
    """Lines that are written as long as there is room."""

    def __init__(self, out: Output, room: int | None) -> None:
        self._out = out
        self._room = room

    def add(self, *lines: str) -> bool:
        """Write lines, all or none of them; whether there was room."""
        if self._room is not None:
            size = sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)
            if size > self._room - RESERVED_BYTES:
                return False
            self._room -= size
        self.close(*lines)
        return True

    def close(self, *lines: str) -> None:
        """Write lines for which room is reserved."""
        for line in lines:
            self._out.line(line)


def _head(outcome: Outcome) -> Iterator[str]:
    """What stands between the verdict and the findings."""
    if outcome.exit_code == EXIT_ERROR:
        yield ""
        yield "A rule failed, so not all is known; see rule-crashed below."
    if outcome.not_evaluated:
        yield ""
        yield "Not evaluated:"
        yield ""
        yield from (f"- {inline(rule)}: {inline(reason)}" for rule, reason in outcome.not_evaluated)
    if outcome.tally.total:
        yield ""
        yield "| severity | rule | findings | expected |"
        yield "| --- | --- | ---: | --- |"
        yield from _rows(outcome)


def _rows(outcome: Outcome) -> Iterator[str]:
    counts: Counter[tuple[Severity, str]] = Counter()
    facts: dict[str, Finding] = {}
    for finding in outcome.stream():
        counts[finding.severity, finding.rule] += 1
        facts.setdefault(finding.rule, finding)
    for severity in reversed(SEVERITIES):
        rules = [(-count, facts[rule]) for (found, rule), count in counts.items() if found == severity]
        for count, one in sorted(rules, key=lambda row: (row[0], row[1].code)):
            name = f"{inline(one.rule, cell=True)} ({inline(one.code, cell=True)})"
            yield f"| {severity} | {name} | {-count:,} | {inline(one.expected, cell=True)} |"


def _write_part(outcome: Outcome, severity: Severity, page: _Page, view: View, most: int) -> int:
    """Write the findings of a severity; how many there was room for."""
    total = outcome.tally.severities[severity]
    open_ = " open" if severity == "error" else ""
    if not page.add("", f"<details{open_}><summary>{counted(total, severity)}</summary>"):
        return 0
    name = view.paths_from(checkout_folder())
    path, wrote = None, 0
    for finding in outcome.stream():
        if finding.severity != severity:
            continue
        head = [] if finding.path == path else ["", f"**{code(name(finding.path))}**", ""]
        if wrote == most or not page.add(*head, "<br>\n".join(_lines(finding, name))):
            break
        path = finding.path
        wrote += 1
    page.close("", "</details>")
    return wrote


def _lines(finding: Finding, name: Callable[[str], str]) -> Iterator[str]:
    span = finding.place.span
    yield f"- {span.line}:{span.column} **{inline(finding.rule)}**: {inline(finding.message)}"
    if finding.hint:
        yield f"  hint: {inline(finding.hint)}"
    for related in finding.related[:MOST_RELATED]:
        where = related.place.span
        yield f"  see {code(f'{name(related.place.path)}:{where.line}:{where.column}')}: {inline(related.label)}"
    if len(finding.related) > MOST_RELATED:
        yield f"  see {counted(len(finding.related) - MOST_RELATED, 'more place')}"
