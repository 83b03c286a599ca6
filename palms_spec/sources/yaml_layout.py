"""The layout of YAML that holds no value: line ends, blanks at the ends of lines, blank lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from palms_spec.sources.node import ScalarNode
from palms_spec.sources.rewriting import Written

_LINE = re.compile("([^\r\n]*)(\r\n|[\r\n]|\\Z)")
_BREAK = re.compile("[\r\n]").search


def yaml_layout(text: str, start: int, end: int, scalars: Iterable[ScalarNode]) -> Iterator[Written]:
    """Edits, in order, that lay out a part of a text: lines end at LF and without blanks, the first and the last line
    are not blank, and of several blank lines one is left. `scalars` are all keys and values in it.

    Scalars of several lines are left as they are, but for their line ends. What hangs on blank lines behind a block is
    not looked at: whoever makes the edits has to see whether the values are still the same.
    """
    long = sorted((node.start, node.end) for node in scalars if _BREAK(text, node.start, node.end))
    starts = [first for first, _ in long]

    def end_of_scalar(at: int) -> int:
        """Where the scalar of several lines ends that goes on at an offset; 0 if there is none."""
        found = long[bisect_left(starts, at) - 1] if starts else (at, at)
        return found[1] if found[0] < at < found[1] else 0

    blank: list[Written] = []
    is_first = True
    for line in _LINE.finditer(text, start, end):
        if line.start() == line.end():
            continue
        scalar_end = end_of_scalar(line.start())
        if not scalar_end and not line[1].strip(" \t"):
            blank.append((line.start(), line.end(), ""))
            continue
        if not is_first and blank:
            first_start, first_end, _ = blank.pop(0)
            if text[first_start:first_end] != "\n":
                yield first_start, first_end, "\n"
        yield from blank
        blank, is_first = [], False
        content_end = line.end(1)
        if not end_of_scalar(content_end):
            content_end = max(line.start() + len(line[1].rstrip(" \t")), min(scalar_end, content_end))
        if text[content_end : line.end()] != "\n":
            yield content_end, line.end(), "\n"
    yield from blank
