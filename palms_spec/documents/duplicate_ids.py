"""Ids that stand more than once in one document."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Defect
from palms_spec.sources.node import MappingNode, Node, SequenceNode, item_id


def duplicate_ids(root: MappingNode) -> Iterator[Defect]:
    """Every id that was given before to a thing of the same sort: categories, positions of all categories, prompts."""
    categories, prompts = _items(root, "categories"), _items(root, "prompts")
    positions = [position for category in categories for position in _items(category, "positions")]
    for sort, items in (("category", categories), ("position", positions), ("prompt", prompts)):
        taken: set[str] = set()
        for item in items:
            name = item_id(item)
            if name in taken:
                assert isinstance(item, MappingNode), "it has an id"
                given = item.entries["id"].value
                message = f"the id {name} is taken by another {sort} above"
                yield Defect("duplicate-id", message, "choose another id", offset=given.start, end=given.end)
            elif name is not None:
                taken.add(name)


def _items(node: Node, name: str) -> list[Node]:
    """The items of a list that stands in a field."""
    entry = node.entries.get(name) if isinstance(node, MappingNode) else None
    return entry.value.items if entry is not None and isinstance(entry.value, SequenceNode) else []
