"""Changes of the structure of a JSON row, as edits of its text that leave all else as it is written."""

from __future__ import annotations

import json

from palms_spec.documents.document import Document
from palms_spec.findings import Edit
from palms_spec.rulekit.repair import InRow, Put, Take, TakeBehind, TakeRow
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode, steps

Stretch = tuple[int, int]
"""Characters of a text, end exclusive."""


def row_edit(change: InRow, document: Document) -> Edit | None:
    """The edit of the file for a change of a row; None where what it is about does not stand there."""
    source = document.source
    assert source is not None
    if isinstance(change, TakeRow):
        return Edit(document.first_byte, document.first_byte + len(document.data) + 1, "")
    if document.root is None:
        return None
    text, stretch = "", _stretch(change, document.root)
    if stretch is None:
        return None
    if isinstance(change, Put):
        text = json.dumps(change.value, ensure_ascii=False)
    first, last = stretch
    return Edit(source.byte_offset(first), source.byte_offset(last), text)


def _stretch(change: Put | Take | TakeBehind, root: Node) -> Stretch | None:
    way = steps(change.pointer)
    if not way:
        return (root.start, root.end) if isinstance(change, Put) else None
    parent = _follow(root, way[:-1])
    children = _children(parent)
    at = next((number for number, (name, _, _) in enumerate(children) if name == way[-1]), None)
    if at is None:
        return None
    _, key, node = children[at]
    if isinstance(change, Put):
        return node.start, node.end
    if isinstance(change, TakeBehind):
        return (node.end, children[-1][2].end) if isinstance(parent, SequenceNode) else None
    start = key.start if key is not None else node.start
    if at + 1 < len(children):
        _, next_key, following = children[at + 1]
        return start, (next_key or following).start
    return (children[at - 1][2].end if at else start), node.end


def _follow(node: Node | None, way: list[str]) -> Node | None:
    for step in way:
        node = next((child for name, _, child in _children(node) if name == step), None)
    return node


def _children(node: Node | None) -> list[tuple[str, ScalarNode | None, Node]]:
    """Name, key and value of every entry of a mapping, or number and value of every item of a list, in order. A mapping
    with a key that stands twice has none: where its entries end is not told."""
    if isinstance(node, MappingNode) and not node.duplicates:
        return [(name, entry.key, entry.value) for name, entry in node.entries.items()]
    if isinstance(node, SequenceNode):
        return [(str(index), None, item) for index, item in enumerate(node.items)]
    return []
