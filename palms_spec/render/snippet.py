"""An excerpt as it is shown: no wider than the terminal, with carets under what is meant."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.render.cells import cells
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Part, Style
from palms_spec.sources.excerpts import Excerpt, ExcerptLine

ELLIPSIS = "…"
TAB = "    "


def snippet(excerpt: Excerpt, width: int, gutter: int, style: Style) -> Iterator[tuple[Part, ...]]:
    """The lines of a snippet, each as parts. `gutter` is the room for line numbers."""
    blank: Part = (" " * gutter + " | ", "faint")
    covers_text = any(line.marked for line in excerpt.lines)
    yield ((" " * gutter + " |", "faint"),)
    for line in excerpt.lines:
        before, marked, after = windowed(line, width - gutter - 3)
        text = (before + marked + after).rstrip()
        yield ((f"{line.number:>{gutter}} | " if text else f"{line.number:>{gutter}} |", "faint"), text)
        if marked or not covers_text:
            yield blank, " " * cells(before), ("^" * max(1, cells(before + marked) - cells(before)), style)
    if excerpt.more:
        yield blank, (f"{ELLIPSIS} and {excerpt.more:,} more line{'s' if excerpt.more > 1 else ''}", "faint")


def windowed(line: ExcerptLine, width: int) -> tuple[str, str, str]:
    """What is shown of the text before the marked one, of that, and of the text after it.

    It is at most `width` cells together, with an ellipsis where something is cut off. The marked text comes first when
    room is given away.
    """
    before, marked, after = _shown(line.before), _shown(line.marked), _shown(line.after)
    text = "".join([*before, *marked, *after])
    if not line.cut_before and not line.cut_after and cells(text) <= width:
        return "".join(before), "".join(marked), "".join(after)
    if line.cut_after and not after:
        marked.append(ELLIPSIS)
    shown_mark = _head(marked, width - 2, cut=False)
    room = width - cells(shown_mark)
    wanted_before, wanted_after = cells("".join(before)), cells("".join(after))
    left = _tail(before, min(wanted_before + line.cut_before, max(room // 2, room - wanted_after)), cut=line.cut_before)
    right = _head(after, room - cells(left), cut=line.cut_after and bool(after))
    return left, shown_mark, right


def _shown(text: str) -> list[str]:
    """What each character is shown as."""
    if text.isascii() and text.isprintable():
        return list(text)
    return [TAB if character == "\t" else visible(character) for character in text]


def _head(pieces: list[str], room: int, *, cut: bool) -> str:
    """As many pieces from the start as there is room for, with an ellipsis where some are left out."""
    text = "".join(pieces)
    if not cut and cells(text) <= room:
        return text
    count, taken = 0, 0
    while count < len(pieces) and taken + cells(pieces[count]) <= room - 1:
        taken += cells(pieces[count])
        count += 1
    while count and cells("".join(pieces[:count])) > room - 1:  # what stands together may be wider than its parts
        count -= 1
    return "".join(pieces[:count]) + ELLIPSIS if room > 0 else ""


def _tail(pieces: list[str], room: int, *, cut: bool) -> str:
    """As many pieces from the end as there is room for, with an ellipsis where some are left out."""
    text = "".join(pieces)
    if not cut and cells(text) <= room:
        return text
    count, taken = 0, 0
    while count < len(pieces) and taken + cells(pieces[-1 - count]) <= room - 1:
        taken += cells(pieces[-1 - count])
        count += 1
    kept = pieces[len(pieces) - count :]
    while kept and (cells(kept[0]) == 0 or cells("".join(kept)) > room - 1):  # a mark does not stand alone
        del kept[0]
    return ELLIPSIS + "".join(kept) if room > 0 else ""
