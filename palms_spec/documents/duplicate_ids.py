"""Ids that stand more than once in one document."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Defect
from palms_spec.sources.node import Node, ScalarNode, SequenceNode, MappingNode, item_id, walk


def duplicate_ids(root: Node) -> Iterator[Defect]:
    """Every id that was given before to a thing of the same sort: categories, positions (of all categories), prompts."""
    seen: dict[tuple[str, str], ScalarNode] = {}
    for pointer, node in walk(root):
        if not isinstance(node, SequenceNode):
            continue
        sort = pointer.rsplit("/", 1)[-1]
        for item in node.items:
            name = item_id(item)
            if name is None or not isinstance(item, MappingNode):
                continue
            given = item.entries["id"].value
            assert isinstance(given, ScalarNode), "item_id found text"
            if seen.setdefault((sort, name), given) is not given:
                yield Defect("duplicate-id", f"the id {name} is taken", "choose another id", offset=given.start)
