"""Styled text on lines of a terminal's width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from palms_spec.render.cells import cells
from palms_spec.render.terminal import Part, Style

LEAST_ROOM = 24


def wrapped_parts(parts: Iterable[Part], width: int, *, first: str = "", indent: str = "") -> Iterator[list[Part]]:
    """The words of parts on lines of at most `width` cells, the first line behind `first`, the others behind `indent`.
    A word that is wider than the room there is has a line of its own; styles go on over the ends of lines."""
    line: list[Part] = []
    lead, taken = first, cells(first)
    room = max(width, cells(indent) + LEAST_ROOM)
    for glued, word, style in _words(parts):
        gap = "" if glued or not line else " "
        if line and not glued and taken + len(gap) + cells(word) > room:
            yield [lead, *_joined(line)]
            line, lead, taken, gap = [], indent, cells(indent), ""
        line.append((gap + word, style))
        taken += len(gap) + cells(word)
    if line:
        yield [lead, *_joined(line)]


def _words(parts: Iterable[Part]) -> Iterator[tuple[bool, str, Style]]:
    """Words with their styles, and whether each is glued to the one before. Several spaces count as one."""
    glued = False
    for part in parts:
        text, style = _styled(part)
        pieces = text.split(" ")
        for at, piece in enumerate(pieces):
            if piece:
                yield glued and at == 0, piece, style
            if at or piece:
                glued = bool(piece)


def _joined(line: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one style as one part."""
    for style, parts in groupby(map(_styled, line), key=lambda part: part[1]):
        text = "".join(text for text, _ in parts)
        yield text if style == "plain" else (text, style)


def _styled(part: Part) -> tuple[str, Style]:
    return (part, "plain") if isinstance(part, str) else part
