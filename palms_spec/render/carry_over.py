"""What is renewed of stale reviews, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from palms_spec.comparison.telling import counted
from palms_spec.judging.renewals import Renewals
from palms_spec.render.escaping import visible
from palms_spec.render.review import INDENT, MOST_WIDTH, compared_parts
from palms_spec.render.terminal import Output, Part
from palms_spec.render.wrapping import wrapped_parts


def write_renewals(groups: Iterable[Renewals], out: Output) -> None:
    """Write position by position what has changed, whose reviews are stale, and what keeps them from being renewed."""
    for group in groups:
        out.line((visible(group.now.id), "strong"))
        if group.was is not None and group.was.statement != group.now.statement:
            _write(compared_parts(group.was.statement, group.now.statement), out)
        elif group.reworded and group.was is None:
            _write(["Its earlier wording is in no commit, so nobody can tell whether its meaning changed."], out)
        if group.edited:
            _write([f"{counted(group.edited, 'sample')} edited since."], out)
        given = Counter(one.old.reviewer for one in group.found)
        who = ", ".join(f"{visible(reviewer)} ({count:,})" for reviewer, count in sorted(given.items()))
        _write([f"{counted(len(group.found), 'stale review')}: {who}"], out)
        for change in group.objections:
            words = ", ".join((*(f"-{word}" for word in change.dropped), *(f"+{word}" for word in change.added)))
            told = f" ({visible(words)})" if words else ""
            _write(
                [("not renewed: ", "warning"), f"its meaning changed{told}. Review again, or, if an owner agrees:"], out
            )
            out.line(f'{INDENT}palms approve {change.fingerprint} --editorial --reason "..."')
        out.line()


def _write(parts: list[Part], out: Output) -> None:
    for line in wrapped_parts(parts, min(out.terminal.width, MOST_WIDTH), first=INDENT, indent=INDENT):
        out.line(*line)
