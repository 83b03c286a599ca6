"""A finding as `full` shows it: with the lines it stands in, what is expected, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from palms_spec.findings import Finding
from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.snippet import snippet
from palms_spec.render.terminal import Part
from palms_spec.sources.excerpts import Excerpts

MOST_PROSE = 120
MOST_RELATED = 5
SAFETY_WORDS = {"safe": "safe", "unsafe": "unsafe", "shown": "by hand"}


def finding_lines(
    finding: Finding, excerpts: Excerpts, name: Callable[[str], str], width: int
) -> Iterator[tuple[Part, ...]]:
    """The lines of a finding."""
    span = finding.place.span
    excerpt = excerpts.of(finding.path, span, finding.excerpt)
    gutter = len(str(excerpt.lines[-1].number if excerpt else span.line))
    prose = min(width, MOST_PROSE)
    # A rule of a pack may have no code besides its name.
    kind = f"{finding.severity}[{finding.code}]" if finding.code != finding.rule else finding.severity
    first, *rest = wrapped(f"{kind} {finding.rule}: {visible(finding.message)}", prose)
    head = f"{kind} {finding.rule}"
    if first.startswith(head):
        yield (kind, finding.severity), (first[len(kind) : len(head)], "strong"), first[len(head) :]
    else:
        yield ((first, finding.severity),)
    yield from ((f"  {line}",) for line in rest)
    yield (" " * gutter + "--> ", "faint"), f"{name(finding.path)}:{span.line}:{span.column}"
    if excerpt:
        yield from snippet(excerpt, width, gutter, finding.severity)
    yield from _remark("expected", visible(finding.expected), gutter, prose)
    fix = finding.fix
    if finding.hint and not (fix and fix.message == finding.hint):
        yield from _remark("hint", visible(finding.hint), gutter, prose)
    if fix:
        yield from _remark("fix", f"{visible(fix.message)} ({SAFETY_WORDS[fix.safety]})", gutter, prose)
    for related in finding.related[:MOST_RELATED]:
        where = related.place.span
        text = f"{name(related.place.path)}:{where.line}:{where.column}: {visible(related.label)}"
        yield from _remark("see", text, gutter, prose)
    if len(finding.related) > MOST_RELATED:
        yield from _remark("see", f"{len(finding.related) - MOST_RELATED:,} more places", gutter, prose)


def _remark(word: str, text: str, gutter: int, width: int) -> Iterator[tuple[Part, ...]]:
    indent = gutter + len(f" = {word}: ")
    first, *rest = wrapped(text, max(width - indent, 20))
    yield (" " * gutter + " = ", "faint"), (f"{word}:", "strong"), f" {first}"
    yield from ((" " * indent + line,) for line in rest)
