"""Comments in YAML that belong to something: which they are, and what they stand at.

The parser does not keep comments. What looks like one is looked for in the text, and is one if it stands in no scalar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.sources.node import MappingNode, Node, ScalarNode
from palms_spec.sources.text import SourceText

_LINE_END = re.compile(r"[\r\n]|\Z")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and the characters from `start` to `end` that it covers; None where nothing follows that it could.

    Behind a value it covers its line, and the whole of a text that begins or ends there. On a line of its own it covers
    what begins next: an item of a list or a key with its value, as a whole; above the first key of a text, all of it.
    """

    match: re.Match[str]
    covers: tuple[int, int] | None


def yaml_comments(
    source: SourceText, root: Node | None, pattern: re.Pattern[str], start: int = 0, end: int | None = None
) -> Iterator[Comment]:
    """The comments of a YAML text, or of a part of it, that a pattern matches. The pattern matches from `#` on, inside
    of one line; `root` is the tree of that text."""
    text = source.text
    end = len(text) if end is None else end
    matches = [match for match in pattern.finditer(text, start, end) if _may_open_comment(text, match.start())]
    if not matches:
        return
    tree = _Tree(root)
    for match in matches:
        if tree.in_scalar(text, match.start()):
            continue
        line_start = source.line_starts[bisect_right(source.line_starts, match.start()) - 1]
        before = text[line_start : match.start()].strip()
        if before and not before.startswith("#"):
            yield Comment(match, tree.line(line_start, _line_end(text, match.end())))
        else:
            yield Comment(match, tree.next_thing(match.end(), len(text)))


def _may_open_comment(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " \t\r\n\ufeff"


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


class _Tree:
    """What stands where in a tree, in order. Things are keys with their values, items of lists, and texts."""

    def __init__(self, root: Node | None) -> None:
        self._root = root
        scalars: list[ScalarNode] = []
        things: list[tuple[int, int]] = []
        waiting: list[Node] = [root] if root is not None else []
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, ScalarNode):
                scalars.append(node)
            elif isinstance(node, MappingNode):
                for entry in (*node.entries.values(), *node.duplicates):
                    scalars.append(entry.key)
                    # What an alias repeats stands elsewhere, before it.
                    end = entry.value.end if entry.value.start >= entry.key.start else entry.key.end
                    things.append((entry.key.start, max(end, entry.key.end)))
                    if isinstance(entry.value, ScalarNode):
                        things.append((entry.value.start, entry.value.end))
                    waiting.append(entry.value)
            else:
                things += [(item.start, item.end) for item in node.items if item.start >= node.start]
                waiting += node.items
        self._scalars = sorted(scalars, key=lambda node: node.start)
        self._starts = [node.start for node in self._scalars]
        self._ends = [node.end for node in self._scalars]
        self._things = sorted(things, key=lambda thing: (thing[0], -thing[1]))
        self._thing_starts = [start for start, _ in self._things]

    def in_scalar(self, text: str, at: int) -> bool:
        """Whether an offset is inside of a scalar. What follows `|` and `>` on their line is not."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return False
        node = self._scalars[index]
        first = _line_end(text, node.start) if node.style in ("literal", "folded") else node.start
        return first <= at < node.end

    def line(self, start: int, end: int) -> tuple[int, int]:
        """A line, and the scalars that reach into it."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return start, end
        return min(start, self._starts[first]), max(end, self._ends[last])

    def next_thing(self, at: int, length: int) -> tuple[int, int] | None:
        """What begins next behind an offset; of several that begin there, the outermost."""
        if isinstance(self._root, MappingNode) and at <= self._root.start:
            return 0, length
        index = bisect_left(self._thing_starts, at)
        return self._things[index] if index < len(self._things) else None
