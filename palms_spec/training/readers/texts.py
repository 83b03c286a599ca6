"""Texts, however they are written: as text, as a list of parts, as a number."""

from __future__ import annotations

from typing import Any

import orjson

from palms_spec.training.readers.conversation import UnfitRow

TEXT_TYPES = frozenset(("text", "input_text", "output_text"))


def text_of(value: Any, where: str) -> tuple[str, bool]:
    """The text that a value stands for, and whether that is all that it says.

    Raises UnfitRow for what is no text, and for parts that are none: an image left out would be another conversation.
    """
    if type(value) is str:
        return value, True
    if value is None:
        return "", False
    if isinstance(value, bool | int | float):
        return orjson.dumps(value).decode(), False
    if isinstance(value, dict):
        text, exact = _part(value, where)
        return text, exact
    if isinstance(value, list):
        parts = [_part(part, f"{where}/{at}") for at, part in enumerate(value)]
        return "".join(text for text, _ in parts), len(parts) == 1 and parts[0][1]
    raise UnfitRow(f"{where} is no text")


def _part(part: Any, where: str) -> tuple[str, bool]:
    if type(part) is str:
        return part, False
    if not isinstance(part, dict):
        raise UnfitRow(f"{where} is no text")
    kind = part.get("type", "text")
    text = part.get("text")
    if kind not in TEXT_TYPES or type(text) is not str:
        others = [name for name, value in part.items() if name != "type" and value is not None]
        what = kind if kind not in TEXT_TYPES else ", ".join(others[:3]) or "nothing"
        raise UnfitRow(f"{where} is no text but {what}, and a sample holds text alone")
    return text, part.keys() <= {"type", "text"} and kind == "text"
