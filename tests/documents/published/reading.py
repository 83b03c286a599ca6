"""Published texts for tests, and what they are read as."""

from __future__ import annotations

from typing import Any

from palms_spec.documents.published.reading import read_published
from palms_spec.documents.spec import Position, Spec
from palms_spec.sources.node import MappingNode, plain


def spec_of(text: str, path: str = "text.md") -> Spec:
    """The specification that a text without structural defects is."""
    document = read_published(path, text.encode())
    assert document is not None
    assert isinstance(document.model, Spec), document.defects
    return document.model


def positions_of(text: str) -> dict[str, Position]:
    """Its positions by id."""
    return {position.id: position for category in spec_of(text).categories for position in category.positions}


def samples_of(text: str) -> list[dict[str, Any]]:
    """The samples of its comparisons."""
    document = read_published("text.md", text.encode())
    assert document is not None
    assert isinstance(document.root, MappingNode)
    entry = document.root.entries.get("samples")
    value: Any = plain(entry.value) if entry is not None else []
    return list(value)


def defects_of(text: str, path: str = "text.md") -> list[tuple[str, str]]:
    """The kinds of what is wrong with it, each with the text that is pointed at."""
    document = read_published(path, text.encode())
    assert document is not None
    assert document.source is not None
    source = document.source.text
    return [
        (defect.kind, "" if defect.offset is None else source[defect.offset : defect.end])
        for defect in document.defects
    ]
