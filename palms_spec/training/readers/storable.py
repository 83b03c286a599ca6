"""Values of tables and of odd JSON as values that every reader of a document gets back as they are."""

from __future__ import annotations

import math
from base64 import b64encode
from typing import Any

CONVERSATIONS = frozenset(
    (
        "messages",
        "conversations",
        "conversation",
        "prompt",
        "completion",
        "response",
        "chosen",
        "rejected",
        "input",
        "preferred_output",
        "non_preferred_output",
        "contents",
        "systemInstruction",
        "system",
        "tools",
        "functions",
        "instances",
    )
)
"""Columns that hold a conversation or a part of one."""
SAID = frozenset(("content", "value", "parts"))
MOST_WHOLE = 1 << 64


def storable(value: Any) -> Any:
    """The value with text in place of what JSON and YAML cannot hold: days and times in ISO 8601, bytes in Base64,
    decimal numbers, whole numbers beyond 64 bits, infinities and NaN."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return value if -(MOST_WHOLE >> 1) <= value < MOST_WHOLE else str(value)
    if kind is float:
        return value if math.isfinite(value) else _named(value)
    if isinstance(value, dict):
        return {str(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a table without the nulls inside of its conversations: there every message has the fields of all others,
    and a null says that it is without. Columns keep theirs, and so does what a message says."""
    return {
        name: _bare(value) if name in CONVERSATIONS and isinstance(value, list | dict) else value
        for name, value in row.items()
    }


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(item) for name, item in value.items() if item is not None or name in SAID}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value


def _named(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
