"""From places in a value to places in the text it was written as: through quotes, escapes, folds and indentation.

A written scalar is a sequence of runs. In most of them value and text are equal; in the others one character of the
value stands for an escape or a fold, and its place is the whole of that. Runs are made when a finding asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.sources.block_offsets import Run, block_runs
from palms_spec.sources.node import ScalarNode

_BREAK = "(?:\r\n|[\n\r\x85\u2028\u2029])"
_FOLD = rf"(?P<fold>[ \t]*+{_BREAK}(?:[ \t]*+{_BREAK})*+[ \t]*+)"
_ENDS = "\r\n\x85\u2028\u2029"
_BREAKS = re.compile(_BREAK)
_LINE_ENDS = re.compile("\r\n|\r")


def _words(excluded: str) -> str:
    """What stands on one line, without the blanks at its end."""
    return rf"(?:[^ \t{_ENDS}{excluded}]++|[ \t]++(?![{_ENDS}]))++"


_PLAIN = re.compile(rf"{_FOLD}|{_words('')}")
_SINGLE = re.compile(rf"{_FOLD}|(?P<one>'')|{_words(chr(39))}")
_DOUBLE = re.compile(
    rf"(?P<none>\\{_BREAK}[ \t]*+)(?P<more>(?:{_BREAK}[ \t]*+)*+)"
    rf"|{_FOLD}"
    r"|(?P<one>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))"
    rf"|{_words(chr(92) * 2)}"
)
_JSON = re.compile(r"(?P<one>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)|[^\\]+")
_PATTERNS = {"plain": _PLAIN, "single": _SINGLE, "double": _DOUBLE, "json": _JSON}


def value_span(text: str, node: ScalarNode, start: int, end: int) -> tuple[int, int]:
    """Character offsets in `text`, end exclusive, of the part from `start` to `end` of a scalar's value.

    An empty part is the place before its character, or behind the last one. Of a value that is no text, and so has no
    parts, it is the whole.
    """
    value = node.value
    if not isinstance(value, str):
        return node.start, node.end
    start = max(0, min(start, len(value)))
    end = max(start, min(end, len(value)))
    if _is_raw(text, node, value):
        return node.start + start, node.start + end
    first: int | None = None
    last = node.start + (node.style in ("single", "double", "json"))
    for run in _runs(text, node, value):
        run_end = run.value + run.length
        if first is None and (start < run_end or (start == end == run_end == len(value))):
            first = run.start + (start - run.value if run.is_verbatim else 0)
            if start == run_end:
                first = run.end
            if start == end:
                return first, first
        if end <= run_end and first is not None:
            return first, run.start + (end - run.value) if run.is_verbatim else run.end
        last = run.end
    return (last, last) if first is None else (first, last)


def is_verbatim(text: str, node: ScalarNode, start: int, end: int) -> bool:
    """Whether the part of the value stands in the text as it is, so that an edit of the text edits just that.

    Line breaks count only where the whole value stands there as it is: elsewhere indentation or folding hang on them.
    """
    return verbatim_span(text, node, start, end) is not None


def verbatim_span(text: str, node: ScalarNode, start: int, end: int) -> tuple[int, int] | None:
    """Where the part of the value stands in the text, if it stands there as it is (`is_verbatim`)."""
    value = node.value
    if not isinstance(value, str):
        return None
    span = value_span(text, node, start, end)
    if _is_raw(text, node, value):
        return span
    part = value[start:end]
    return span if text[span[0] : span[1]] == part and not _BREAKS.search(part) else None


def value_offset(text: str, node: ScalarNode, at: int) -> int | None:
    """The offset in a scalar's value of the character, or the end, that stands verbatim at an offset of the text.

    It is the inverse of `value_span`, where that has one.
    """
    value = node.value
    if not isinstance(value, str):
        return None
    if _is_raw(text, node, value):
        return at - node.start if node.start <= at <= node.end else None
    behind: int | None = None
    for run in _runs(text, node, value):
        if run.is_verbatim and run.start <= at < run.end:
            return run.value + at - run.start
        if run.end == at:
            behind = run.value + run.length
    return behind


def _is_raw(text: str, node: ScalarNode, value: str) -> bool:
    return node.style == "plain" and node.end - node.start == len(value) and text.startswith(value, node.start)


def _runs(text: str, node: ScalarNode, value: str) -> Iterator[Run]:
    """The runs of a scalar, in order and without gaps in the value."""
    if node.runs:
        yield from node.runs
        return
    if node.style in ("literal", "folded"):
        yield from block_runs(text, node, value)
        return
    if node.style == "plain":
        start, end = node.start, node.end
        if _LINE_ENDS.sub("\n", text[start:end]) == value:
            yield from _line_runs(text, start, end)
            return
    else:
        start, end = node.start + 1, node.end - 1
    at = 0
    for match in _PATTERNS[node.style].finditer(text, start, end):
        kind = match.lastgroup
        if kind is None:
            length = match.end() - match.start()
            yield Run(at, length, match.start(), match.end(), is_verbatim=True)
            at += length
        elif kind == "one":
            yield Run(at, 1, match.start(), match.end())
            at += 1
        else:
            for run in _fold_runs(at, match, "more" if kind in ("none", "more") else "fold"):
                yield run
                at += 1


def _fold_runs(at: int, match: re.Match[str], group: str) -> Iterator[Run]:
    """One run for each character that a fold leaves: a space, or a line break for each blank line in it.

    The first break of a fold vanishes where others follow, unless it is one of the separators that YAML keeps.
    """
    breaks = list(_BREAKS.finditer(match.string, match.start(group), match.end(group)))
    if group == "fold" and len(breaks) > 1 and breaks[0][0] not in "\u2028\u2029":
        del breaks[0]
    start = match.start()
    for index, found in enumerate(breaks):
        end = match.end() if index == len(breaks) - 1 else found.end()
        yield Run(at + index, 1, start, end)
        start = end


def _line_runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of text that is taken as it stands except for its line ends, as in the answer of a Markdown sample."""
    at = 0
    for found in _LINE_ENDS.finditer(text, start, end):
        if found.start() > start:
            yield Run(at, found.start() - start, start, found.start(), is_verbatim=True)
            at += found.start() - start
        yield Run(at, 1, found.start(), found.end())
        at += 1
        start = found.end()
    if start < end:
        yield Run(at, end - start, start, end, is_verbatim=True)
