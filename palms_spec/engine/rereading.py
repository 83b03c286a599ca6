"""Whether a text still holds what it should after edits: every value as before, except where an edit says otherwise."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from palms_spec.documents.document import Document
from palms_spec.documents.opening import MARKDOWN_SUFFIX, read_tree
from palms_spec.engine.edits import scalars
from palms_spec.findings import Edit
from palms_spec.sources.node import MappingNode, Node, ScalarNode
from palms_spec.sources.offsets import value_offset
from palms_spec.sources.text import SourceText

Values = dict[int, str]
"""What scalars are to hold, by the id of their node."""


def edited(data: bytes, edits: Sequence[Edit], first_byte: int = 0) -> bytes:
    """The bytes after edits, which are in order and apart. `first_byte` is where in the file the bytes begin."""
    parts, at = [], 0
    for edit in edits:
        parts += [data[at : edit.start - first_byte], edit.text.encode("utf-8")]
        at = edit.end - first_byte
    return b"".join([*parts, data[at:]])


def holds_what_it_should(path: str, before: bytes, after: bytes, edits: Sequence[Edit], first_byte: int = 0) -> bool:
    """Whether `after`, which came of edits of `before`, parses and holds the values of `before`, with the changes that
    the edits tell of and no others. `path` says how it is read; that of a row ends in .json."""
    old, new = Document(path, before), Document(path, after)
    old_root, new_root = read_tree(old), read_tree(new)
    if old.source is None or new.source is None:
        return False
    if old_root is None:
        return new_root is None and new.source.text == old.source.text
    if new_root is None:
        return False
    told = _told(old_root, old.source, before, edits, first_byte)
    if told is None:
        return False
    is_markdown = path.endswith(MARKDOWN_SUFFIX) and bool(told)
    return bool(shape(old_root, told, is_markdown) == shape(new_root, {}, is_markdown))


def _told(root: Node, source: SourceText, data: bytes, edits: Sequence[Edit], first_byte: int) -> Values | None:
    """What the edits say that scalars hold afterwards; None where one does not change just one scalar."""
    nodes = scalars(root)
    repeated = {id(node) for node in _repeated(nodes)}
    ordered = sorted(nodes, key=lambda node: (node.start, node.end))
    starts = [node.start for node in ordered]
    changes: dict[int, list[tuple[int, int, str]]] = {}
    by_id = {id(node): node for node in nodes}
    at_byte = at = 0
    body = data[len(codecs.BOM_UTF8) :] if source.has_bom else data
    shift = len(data) - len(body) + first_byte
    for edit in edits:
        if edit.value is None:
            continue
        if not ordered:
            return None
        places = []
        for offset in (edit.start - shift, edit.end - shift):
            at += len(body[at_byte:offset].decode("utf-8", "surrogatepass"))
            at_byte = offset
            places.append(at)
        start, end = places
        node = ordered[bisect_right(starts, start) - 1]
        if not node.start <= start <= end <= node.end or id(node) in repeated:
            return None
        first, last = value_offset(source.text, node, start), value_offset(source.text, node, end)
        if first is None or last is None:
            return None
        changes.setdefault(id(node), []).append((first, last, edit.value))
    return {name: _changed(str(by_id[name].value), parts) for name, parts in changes.items()}


def _changed(value: str, parts: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(parts):
        value = value[:start] + new + value[end:]
    return value


def _repeated(nodes: list[ScalarNode]) -> list[ScalarNode]:
    seen: set[int] = set()
    twice = []
    for node in nodes:
        if id(node) in seen:
            twice.append(node)
        seen.add(id(node))
    return twice


def shape(node: Node | None, told: Values, is_markdown: bool = False) -> Any:
    """Keys and values of a tree as they are to be compared. With what was told of its texts, blanks around those of a
    Markdown sample are layout."""
    if node is None:
        return None
    if isinstance(node, ScalarNode):
        value = told.get(id(node), node.value)
        return type(value).__name__, repr(value)
    if isinstance(node, MappingNode):
        entries = [(told.get(id(entry.key), name), shape(entry.value, told)) for name, entry in node.entries.items()]
        if is_markdown:
            texts = {name: node.entries[name].value for name in ("prompt", "completion")}
            entries = entries[: -len(texts)] + [(name, _stripped(text, told)) for name, text in texts.items()]
        return entries, [(entry.key.value, shape(entry.value, told)) for entry in node.duplicates]
    return [shape(item, told) for item in node.items]


def _stripped(node: Node, told: Values) -> str:
    assert isinstance(node, ScalarNode)
    return told.get(id(node), str(node.value)).strip(" \t\n")
