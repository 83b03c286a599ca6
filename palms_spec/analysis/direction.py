"""Marks of writing direction (UAX 9): which of them turn text around, and which do nothing where they stand."""

from __future__ import annotations

import re

OVERRIDES = frozenset("\u202d\u202e")
FROM_RIGHT = frozenset("\u202b\u2067")
IDLE_FROM_LEFT = frozenset("\u061c\u200e\u200f\u202a\u2066\u2068")
CLOSING = frozenset("\u202c\u2069")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u05ff\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TURNING = re.compile("[\u202d\u202e\u202b\u2067]+")
_OVERRIDING = re.compile("[\u202d\u202e]+")
_IDLE = re.compile("[\u061c\u200e\u200f\u202a\u2066\u2068]+")
_IDLE_OR_CLOSING = re.compile("[\u061c\u200e\u200f\u202a\u202c\u2066\u2068\u2069]+")


def runs_from_right(text: str) -> bool:
    """Whether a text holds a letter of a script that is written from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def turned_places(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of marks that show characters in another order than they are stored in.

    Overrides do so everywhere. Embedded and isolated runs from right to left are at home where such letters stand, and
    do so where there are none.
    """
    pattern = _OVERRIDING if runs_from_right(text) else _TURNING
    return [found.span() for found in pattern.finditer(text)]


def idle_marks(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of marks that change nothing, since all letters of the text run from left to right."""
    if not _IDLE_OR_CLOSING.search(text) or runs_from_right(text):
        return []
    pattern = _IDLE if _TURNING.search(text) else _IDLE_OR_CLOSING
    return [found.span() for found in pattern.finditer(text)]
