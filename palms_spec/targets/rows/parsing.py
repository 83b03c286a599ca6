"""From the bytes of a row to its value, with what is wrong with the bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from palms_spec.documents.document import Defect
from palms_spec.documents.opening import tree_defects
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.json import has_duplicate_keys, loads, read_json
from palms_spec.sources.node import MappingNode, Node, ScalarNode, escape_step
from palms_spec.sources.offsets import value_span
from palms_spec.sources.text import SourceText

NOTHING = object()
"""In place of the value of a row that has none."""
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
_NOT_FINITE = re.compile("-?(?:NaN|Infinity)")


def parse_row(raw: bytes) -> tuple[Any, list[Defect]]:
    """The value of a row, `NOTHING` where it has none that could be looked at, and what is wrong with its bytes.

    Offsets of the defects count characters of the row.
    """
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _parse_slowly(raw)
    return value, _duplicates(raw) if has_duplicate_keys(raw, value) else []


def _parse_slowly(raw: bytes) -> tuple[Any, list[Defect]]:
    try:
        value: Any = loads(raw)
    except UnreadableSource as error:
        return NOTHING, [Defect("unreadable-document", error.message, error.hint, offset=error.offset)]
    except SourceError as error:
        if _is_lenient_json(raw):
            found = _NOT_FINITE.search(raw.decode("utf-8"), max(error.offset - 1, 0))
            first, last = found.span() if found else (error.offset, error.offset)
            what = f"{found[0] if found else 'NaN'} is no number that JSON has"
            hint = "write null, or leave the field out"
            return NOTHING, [Defect("non-finite-number", what, hint, offset=first, end=last)]
        return NOTHING, [Defect("syntax-error", error.message, error.hint, offset=error.offset)]
    duplicates = _duplicates(raw) if has_duplicate_keys(raw, value) else []
    return value, duplicates + list(_in_values(raw.decode("utf-8")))


def _is_lenient_json(raw: bytes) -> bool:
    """Whether the row would be JSON if that had NaN and Infinity."""
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _duplicates(raw: bytes) -> list[Defect]:
    try:
        root = read_json(SourceText("", raw.decode("utf-8")))
    except SourceError:  # deeper, or of more values, than documents may be
        return [Defect("duplicate-key", "a key stands more than once in this row", "the last one counts")]
    return [defect for defect in tree_defects(root) if defect.kind == "duplicate-key"]


def _in_values(text: str) -> Iterator[Defect]:
    """Halves of surrogate pairs, and numbers that are too large, each where it stands first."""
    root = read_json(SourceText("", text))
    seen: set[str] = set()
    for pointer, node, is_key in _scalars(root) if root is not None else ():
        if isinstance(node.value, str) and "lone-surrogate" not in seen and (half := SURROGATE.search(node.value)):
            seen.add("lone-surrogate")
            first, last = value_span(text, node, half.start(), half.end())
            what = f"half of a surrogate pair (U+{ord(half[0]):04X}), which UTF-8 cannot hold"
            hint = "write the whole character, or take it out"
            instead = "" if is_key else SURROGATE.sub(REPLACEMENT, node.value)
            yield Defect("lone-surrogate", what, hint, pointer, is_key, offset=first, end=last, instead=instead)
        elif isinstance(node.value, float) and node.value - node.value != 0 and "non-finite-number" not in seen:
            seen.add("non-finite-number")
            what = f"{node.raw[:40]} is beyond the numbers that readers have"
            yield Defect("non-finite-number", what, "write a smaller number", pointer, offset=node.start, end=node.end)


def _scalars(node: Node, pointer: str = "") -> Iterator[tuple[str, ScalarNode, bool]]:
    """Every value that is no container, and every key (True), in order. Steps into lists are numbers."""
    if isinstance(node, ScalarNode):
        yield pointer, node, False
    elif isinstance(node, MappingNode):
        for name, entry in node.entries.items():
            below = f"{pointer}/{escape_step(name)}"
            yield below, entry.key, True
            yield from _scalars(entry.value, below)
    else:
        for index, item in enumerate(node.items):
            yield from _scalars(item, f"{pointer}/{index}")
