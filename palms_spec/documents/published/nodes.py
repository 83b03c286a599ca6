"""Trees as our own documents have them, made of what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from palms_spec.sources.node import Entry, MappingNode, Node, ScalarNode, SequenceNode


def said(value: str, start: int, end: int) -> ScalarNode:
    """A text that stands in a range, or is shown there."""
    return ScalarNode(value, start, end, "plain")


def fields(start: int, end: int, entries: Iterable[tuple[str, Node | None]]) -> MappingNode:
    """A mapping of the entries that are there."""
    return extended(MappingNode(start, end), entries)


def extended(mapping: MappingNode, entries: Iterable[tuple[str, Node | None]]) -> MappingNode:
    """The mapping, with entries added to it that are there. A key has no place of its own: it stands at its value."""
    for name, node in entries:
        if node is not None:
            mapping.add(name, Entry(ScalarNode(name, node.start, node.start, "plain"), node))
    return mapping


def listed(items: Iterable[Node], at: int) -> SequenceNode:
    """A list; an empty one stands at `at`."""
    nodes = list(items)
    return SequenceNode(nodes[0].start, nodes[-1].end, nodes) if nodes else SequenceNode(at, at)


def some(items: Iterable[Node]) -> SequenceNode | None:
    """A list; None where there is nothing in it."""
    nodes = list(items)
    return listed(nodes, 0) if nodes else None
