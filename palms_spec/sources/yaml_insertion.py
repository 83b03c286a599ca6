"""A new item in a list of a YAML document, with everything else left as it stands: comments, layout, line ends."""

from __future__ import annotations

from palms_spec.errors import SourceSyntaxError
from palms_spec.sources.node import Entry, MappingNode, Node, Plain, SequenceNode, plain
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_writing import write_yaml

STEP = 2


class CannotInsert(ValueError):
    """The layout of the document has no place for the item; the message says why."""


def insert_item(source: SourceText, owner: MappingNode, key: str, item: Plain, *, after: int | None = None) -> str:
    """The text of a document with an item added to the list that stands at `key` of a mapping in its tree.

    It comes behind the item `after`, or at the end; a list that is empty or is not there yet is begun. The new text is
    read again: it holds the old values and the item, and nothing else.

    Raises CannotInsert for lists and mappings that are written on one line, and where the new text reads otherwise.
    """
    text, entry = source.text, owner.entries.get(key)
    if text[owner.start : owner.start + 1] == "{":
        raise CannotInsert(f"what {key} belongs to is written in braces; put its fields on lines of their own")
    if entry is None:
        new = _begun(text, owner, key, item)
    elif not isinstance(entry.value, SequenceNode):
        raise CannotInsert(f"{key} is no list")
    elif not entry.value.items:
        new = _filled(text, entry, item)
    elif text[entry.value.start : entry.value.start + 1] == "[":
        raise CannotInsert(f"{key} is written in brackets; put its items on lines of their own, each behind a -")
    else:
        new = _appended(text, entry.value, item, len(entry.value.items) - 1 if after is None else after)
    _check(source, new, owner, key, item, after)
    return new


def _appended(text: str, items: SequenceNode, item: Plain, after: int) -> str:
    first = items.items[0].start
    dash = text.rindex("-", 0, first)
    column = dash - (text.rfind("\n", 0, dash) + 1)
    end = _line_end(text, items.items[after].end)
    gap = [""] if _are_apart(text, items, after) else []
    return _with_lines(text, end, gap + _lines(item, column))


def _are_apart(text: str, items: SequenceNode, after: int) -> bool:
    """Whether a blank line stands between the items before the place, or where there is but one, behind it."""
    first = max(after - 1, 0)
    if first + 1 >= len(items.items):
        return False
    between = text[_line_end(text, items.items[first].end) : items.items[first + 1].start]
    return any(not line.strip() for line in between.splitlines()[1:])


def _filled(text: str, entry: Entry, item: Plain) -> str:
    """The list was empty: `[]` behind its key gives way to lines below it."""
    key = entry.key.start
    column = key - (text.rfind("\n", 0, key) + 1)
    start, end = entry.value.start, entry.value.end
    if text[start:end].replace(" ", "") != "[]":
        raise CannotInsert("the empty list is not written as []")
    before = text[:start].rstrip(" ")
    rest = text[end:]
    kept = rest if rest[:1] in ("\r", "\n", "") else " " + rest.lstrip(" ")
    return _with_lines(before + kept, _line_end(before + kept, len(before)), _lines(item, column + STEP))


def _begun(text: str, owner: MappingNode, key: str, item: Plain) -> str:
    first = next(iter(owner.entries.values())).key.start
    column = first - (text.rfind("\n", 0, first) + 1)
    return _with_lines(text, _line_end(text, owner.end), [" " * column + f"{key}:", *_lines(item, column + STEP)])


def _lines(item: Plain, column: int) -> list[str]:
    written = write_yaml([item]) if isinstance(item, dict | list) else f"- {write_yaml(item)}"
    return [" " * column + line if line else "" for line in written.rstrip("\n").split("\n")]


def _line_end(text: str, at: int) -> int:
    """Where the line of a character ends."""
    ends = [end for mark in "\r\n" if (end := text.find(mark, at)) != -1]
    return min(ends, default=len(text))


def _with_lines(text: str, end: int, lines: list[str]) -> str:
    """A text with lines put in behind the line that ends at `end`."""
    newline = "\r\n" if text.startswith("\r\n", end) or (end == len(text) and "\r\n" in text) else "\n"
    tail = text[end:] or newline
    return text[:end] + "".join(newline + line for line in lines) + tail


def _check(source: SourceText, new: str, owner: MappingNode, key: str, item: Plain, after: int | None) -> None:
    """See that the new text holds the old values and the item."""
    old = read_yaml(source)
    assert old is not None
    expected = _with_item(old, _pointer_to(old, owner), key, item, after)
    try:
        written = read_yaml(SourceText(source.path, new))
    except SourceSyntaxError as error:
        raise CannotInsert(f"with the item in it the document would not be YAML: {error.message}") from error
    if written is None or plain(written) != expected:
        raise CannotInsert("with the item in it the document would read otherwise")


def _pointer_to(root: Node, owner: MappingNode) -> list[str | int]:
    """The way to the mapping that stands where `owner` does."""
    way: list[str | int] = []
    node = root
    while (node.start, node.end) != (owner.start, owner.end) or not isinstance(node, MappingNode):
        children: list[tuple[str | int, Node]] = (
            [(name, entry.value) for name, entry in node.entries.items()]
            if isinstance(node, MappingNode)
            else list(enumerate(node.items))
            if isinstance(node, SequenceNode)
            else []
        )
        step, node = next((step, child) for step, child in children if child.start <= owner.start < child.end)
        way.append(step)
    return way


def _with_item(root: Node, way: list[str | int], key: str, item: Plain, after: int | None) -> Plain:
    value = plain(root)
    place: object = value
    for step in way:
        place = place[step]  # type: ignore[index]  # the way leads through the very tree
    assert isinstance(place, dict)
    items = place.setdefault(key, [])
    assert isinstance(items, list)
    items.insert(len(items) if after is None else after + 1, item)
    return value
