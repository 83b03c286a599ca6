"""One file, or one row of a file, as it was read: its text, its tree, its model, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palms_spec.documents.model import Model
from palms_spec.findings import Suppression
from palms_spec.sources.node import MappingNode, Node, ScalarNode, locate
from palms_spec.sources.text import SourceText


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with a document's structure. `kind` is the name of the rule that reports it.

    It stands at a pointer, or at a character offset, up to `end` if that is given. `instead` is the key or value that
    was probably meant there, if one was; `causes` are other files whose change can bring it about.
    """

    kind: str
    message: str
    hint: str = ""
    pointer: str = ""
    on_key: bool = False
    offset: int | None = None
    end: int | None = None
    instead: str = ""
    causes: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A document as read. `source` is None where the file could not be decoded or has not been opened (`opening`),
    `root`
    where it did not parse, `model` where it does not have the structure of its kind. `data` is the file's content; of a
    row it is the row, which starts at line `first_line` and byte `first_byte` of the file. `published` marks what was
    read from a published text: others wrote it, and nothing in it is edited."""

    path: str
    data: bytes = b""
    source: SourceText | None = None
    root: Node | None = None
    kind: str = ""
    id: str = ""
    model: Model | None = None
    defects: list[Defect] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    first_line: int = 1
    first_byte: int = 0
    published: bool = False


def scalar_field(root: Node | None, name: str) -> Any:
    """The plain value of a top-level field that holds one value, or None."""
    if isinstance(root, MappingNode) and (entry := root.entries.get(name)):
        return entry.value.value if isinstance(entry.value, ScalarNode) else None
    return None


def characters(
    document: Document, pointer: str, *, on_key: bool, start: int | None, end: int | None
) -> tuple[int, int]:
    """Character range in the text of what a pointer leads to, or of the part from `start` to `end` of its value.

    What does not exist is shown at its parent: at the parent's key, or at the first line of the parent itself.
    """
    assert document.source is not None
    text = document.source.text
    if document.root is None:
        return 0, 0
    found = locate(document.root, pointer)
    node = found.node
    if found.key is not None and (on_key or not found.exact):
        return found.key.start, found.key.end
    if isinstance(node, ScalarNode):
        if start is None:
            return node.start, node.end
        from palms_spec.sources.offsets import value_span  # for places inside of values only

        return value_span(text, node, start, start if end is None else end)
    first_line = text[node.start : node.end].split("\n", 1)[0].rstrip()
    return node.start, node.start + len(first_line)
