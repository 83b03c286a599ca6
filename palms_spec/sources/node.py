"""A tree of values that know where they stand.

YAML and JSON readers build the same nodes. Offsets are character offsets into the text the tree was read from. A
pointer is an RFC 6901 JSON pointer; a step into a list of things with an `id` may name that id instead of the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from palms_spec.sources.block_offsets import Run

Style = Literal["plain", "single", "double", "literal", "folded", "json"]
Scalar = str | int | float | bool | None

# What the readers take from one document at most. Values that YAML aliases repeat count each time; so many values need
# some 200 MB. More digits Python itself does not convert.
MAX_DEPTH = 200
MAX_NODES = 500_000
MAX_DIGITS = 4300


@dataclass(slots=True)
class ScalarNode:
    """One value. `raw` is the text it was written as, where that is not the value (1.0, null) or has a tag. `runs` say
    where each stretch of it stands, if it was put together from several places (`pieces`)."""

    value: Scalar
    start: int
    end: int
    style: Style
    raw: str = ""
    runs: tuple[Run, ...] = ()


@dataclass(slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: ScalarNode
    value: Node


@dataclass(slots=True)
class MappingNode:
    """Keys and values in order; a key written twice keeps its last value, the earlier ones stand in `duplicates`."""

    start: int
    end: int
    entries: dict[str, Entry] = field(default_factory=dict)
    duplicates: list[Entry] = field(default_factory=list)

    def add(self, name: str, entry: Entry) -> None:
        """Enter a key, which may stand here already."""
        if name in self.entries:
            self.duplicates.append(self.entries[name])
        self.entries[name] = entry


@dataclass(slots=True)
class SequenceNode:
    """A list of values."""

    start: int
    end: int
    items: list[Node] = field(default_factory=list)


Node = ScalarNode | MappingNode | SequenceNode
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """The value without its places. Depth is bounded by the readers."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MappingNode):
        return {name: plain(entry.value) for name, entry in node.entries.items()}
    return [plain(item) for item in node.items]


def escape_step(step: str) -> str:
    """One step of a pointer, as RFC 6901 writes it."""
    return step.replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> list[str]:
    """The steps of a pointer, unescaped; the empty pointer has none."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


@dataclass(slots=True, frozen=True)
class Located:
    """What a pointer leads to. `exact` is false where the last steps do not exist and `node` is their parent."""

    node: Node
    key: ScalarNode | None
    exact: bool


def locate(root: Node, pointer: str) -> Located:
    """Follow a pointer as far as it goes."""
    node, key = root, None
    for step in steps(pointer):
        following = _step(node, step)
        if following is None:
            return Located(node, key, exact=False)
        node, key = following
    return Located(node, key, exact=True)


def _step(node: Node, step: str) -> tuple[Node, ScalarNode | None] | None:
    if isinstance(node, MappingNode):
        entry = node.entries.get(step)
        return (entry.value, entry.key) if entry else None
    if isinstance(node, SequenceNode):
        for item in node.items:
            if item_id(item) == step:
                return item, None
        if step.isdecimal() and len(step) < 10 and int(step) < len(node.items):
            return node.items[int(step)], None
    return None


def item_id(node: Node) -> str | None:
    """The `id` of a mapping, if it has one that is text."""
    if isinstance(node, MappingNode) and (entry := node.entries.get("id")):
        value = entry.value
        if isinstance(value, ScalarNode) and isinstance(value.value, str):
            return value.value
    return None


def walk(node: Node, pointer: str = "") -> Iterator[tuple[str, Node]]:
    """Every node with its pointer, parents first; list steps are ids where the items have them."""
    yield pointer, node
    if isinstance(node, MappingNode):
        for name, entry in node.entries.items():
            yield from walk(entry.value, f"{pointer}/{escape_step(name)}")
    elif isinstance(node, SequenceNode):
        seen: set[str] = set()
        for index, item in enumerate(node.items):
            own = item_id(item)
            step = str(index) if own is None or own in seen else escape_step(own)
            seen.add(step)
            yield from walk(item, f"{pointer}/{step}")
