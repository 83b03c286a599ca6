"""Marks of writing direction (UAX 9): which of them turn text around, and which do nothing where they stand."""

from __future__ import annotations

import re
import unicodedata

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


_MARK = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def straightened(text: str) -> list[tuple[int, int, str]] | None:
    """What makes a text without turning marks: start, end and what is written instead, in order.

    A stretch that an override shows backwards is written so; other marks that turn are taken out with those that close
    them. None where that cannot be told: marks within marks, a backwards stretch without an end or of more than plain
    characters, letters that run from right to left.
    """
    if runs_from_right(text):
        return None
    marks = list(_MARK.finditer(text))
    changes: list[tuple[int, int, str]] = []
    at = 0
    while at < len(marks):
        mark, closing = marks[at], marks[at + 1] if at + 1 < len(marks) else None
        at += 1
        if mark[0] not in OVERRIDES | FROM_RIGHT:
            continue
        inside = text[mark.end() : closing.start() if closing else len(text)].split("\n", 1)
        is_closed = closing is not None and len(inside) == 1 and closing[0] == _CLOSED_BY[mark[0]]
        if not is_closed and len(inside) == 1 and closing is not None:
            return None
        if mark[0] == "\u202e":
            if closing is None or not is_closed or not all(map(_is_reversible, inside[0])):
                return None
            changes.append((mark.start(), closing.end(), inside[0][::-1]))
        else:
            changes.append((*mark.span(), ""))
            if closing is not None and is_closed:
                changes.append((*closing.span(), ""))
        at += is_closed
    return changes


def _is_reversible(character: str) -> bool:
    """Whether a character, shown from right to left, looks as it does from left to right."""
    return unicodedata.category(character)[0] not in "MC" and not unicodedata.mirrored(character)
