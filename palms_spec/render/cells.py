"""How wide text is on a terminal, in cells: two for most of Chinese, Japanese and emoji, none for what combines."""

from __future__ import annotations


def cells(text: str) -> int:
    """Cells that a visible text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """The words of a text on lines of at most `width` cells; a word that is wider has a line of its own."""
    lines: list[str] = []
    line, taken = "", 0
    for word in text.split(" "):
        size = cells(word)
        if line and taken + 1 + size > width:
            lines.append(line)
            line, taken = word, size
        else:
            line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
    return [*lines, line]
