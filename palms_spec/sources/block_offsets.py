"""The runs of a YAML block scalar (| or >): where each stretch of its value stands among indentation and folds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.sources.node import ScalarNode


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of a value from `value` on, and the stretch of text that stands for them."""

    value: int
    length: int
    start: int
    end: int
    is_verbatim: bool = False


_LINE = re.compile("([^\r\n\x85\u2028\u2029]*)(\r\n|[\n\r\x85\u2028\u2029]|\\Z)")
_KEPT_BREAKS = "\u2028\u2029"
_VALUE_BREAKS = "\n" + _KEPT_BREAKS


def block_runs(text: str, node: ScalarNode, value: str) -> Iterator[Run]:
    """The runs of a block scalar, in order and without gaps in the value."""
    header = _LINE.match(text, node.start)
    assert header is not None, "it matches the empty text"
    if node.style == "literal":
        return _literal(text, header.end(), value)
    return _folded(text, header.end(), value, _indentation(text, header.end(), value))


def _literal(text: str, at: int, value: str) -> Iterator[Run]:
    """Each line of the value is the end of one line of the text."""
    position = 0
    while position < len(value):
        line = _LINE.match(value, position)
        written = _LINE.match(text, at)
        assert line is not None, "it matches the empty text"
        assert written is not None, "it matches the empty text"
        if line[1]:
            yield Run(position, len(line[1]), written.end(1) - len(line[1]), written.end(1), is_verbatim=True)
        if line[2]:
            yield Run(line.start(2), 1, written.start(2), written.end(2))
        position, at = line.end(), written.end()


def _folded(text: str, at: int, value: str, indentation: int) -> Iterator[Run]:
    """Follow the text line by line as libyaml does: a break between two lines that begin with no blank is a space, and
    none at all where blank lines follow."""
    position, pending = 0, list[tuple[int, int, bool]]()  # breaks not yet given: start, end, whether it may fold
    was_indented = False
    while position < len(value):
        written = _LINE.match(text, at)
        assert written is not None, "it matches the empty text"
        line_start, line_end = min(at + indentation, written.end(1)), written.end(1)
        if text[at:line_start].strip(" "):
            break  # a comment with less indentation ends the scalar
        if line_start < line_end:
            is_indented = text[line_start] in " \t"
            if pending and pending[0][2] and not is_indented and not was_indented and len(pending) > 1:
                vanished = pending.pop(0)
                pending[0] = (vanished[0], pending[0][1], False)
            for start, end, _ in pending:
                yield Run(position, 1, start, end)
                position += 1
            pending = []
            yield Run(position, line_end - line_start, line_start, line_end, is_verbatim=True)
            position += line_end - line_start
            was_indented = is_indented
        is_content = line_start < line_end
        pending.append((written.start(2), written.end(2), is_content and written[2] not in _KEPT_BREAKS))
        if at == written.end():
            break
        at = written.end()
    for start, end, _ in pending:
        if position < len(value):
            yield Run(position, 1, start, end)
            position += 1


def _indentation(text: str, at: int, value: str) -> int:
    """Spaces that are taken from the start of each line: as many as let the first lines give the start of the value.

    Mostly all before the first line that is not blank; fewer where a digit in the header says so.
    """
    blank, spaces = list[tuple[str, str]](), 0
    while (line := _LINE.match(text, at)) and not line[1].strip(" ") and line.end() > at:
        blank.append((line[1], line[2] if line[2] in _KEPT_BREAKS else "\n"))
        spaces = max(spaces, len(line[1]))
        at = line.end()
    # Behind a value of blank lines only, the next line is no part of the scalar.
    first = line[1] if line and value.strip(" " + _VALUE_BREAKS) else ""
    if first:
        spaces = len(first) - len(first.lstrip(" "))
    for indentation in range(spaces, 0, -1):
        start = "".join(one[indentation:] + end for one, end in blank)
        if first and value.startswith(start + first[indentation:]):
            return indentation
        if not first and value.rstrip(_VALUE_BREAKS) == start.rstrip(_VALUE_BREAKS):
            return indentation
    return spaces
