"""The levels of authority that sections name, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.documents.document import Defect
from palms_spec.documents.published.nodes import listed, said
from palms_spec.documents.published.told import Told
from palms_spec.documents.suggestion import meant, nearest
from palms_spec.sources.attribute_list import Attribute
from palms_spec.sources.node import Node, ScalarNode, SequenceNode

AUTHORITY = "authority"
CHAIN = ("root", "system", "developer", "user", "guideline")
"""The levels of the chain of command, highest first, as published specifications call them."""
EARLIER_CHAIN = ("platform", "developer", "user", "guideline")
"""The same before `platform` was told apart into `root` and `system`."""


def levels_of(told: Iterable[Told], given: Node | None) -> Node | None:
    """The ranking that the front matter gives, or that of the chain of command where sections name levels of it; None
    where they name none."""
    if given is not None:
        return given
    first: dict[str, Attribute] = {}
    for one in told:
        if (authority := one.section.attribute(AUTHORITY)) is not None and authority.value:
            first.setdefault(authority.value, authority)
    chain = EARLIER_CHAIN if EARLIER_CHAIN[0] in first and first.keys().isdisjoint(CHAIN[:2]) else CHAIN
    known = next((one for level, one in first.items() if level in chain), None)
    if known is None:
        return None
    places = {level: first.get(level, known) for level in chain}
    return listed([said(level, one.start, one.end) for level, one in places.items()], 0)


def unknown_levels(told: Iterable[Told], levels: Node | None) -> Iterator[Defect]:
    """The authorities that are none of the levels, where these are known."""
    if not isinstance(levels, SequenceNode):
        return
    known = [str(node.value) for node in levels.items if isinstance(node, ScalarNode)]
    for one in told:
        authority = one.section.attribute(AUTHORITY)
        if authority is not None and authority.value and authority.value not in known:
            message = f"authority {authority.value} is none of {', '.join(known)}"
            near = meant(authority.value, known)
            yield Defect(
                "unresolved-reference",
                message,
                nearest(authority.value, known)
                if near
                else "write one of them, or list all in authority_levels above the text",
                f"{one.pointer}/authority",
                offset=authority.start,
                end=authority.end,
                instead=near,
            )
