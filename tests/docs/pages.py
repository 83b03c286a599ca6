"""Pages of the documentation, as far as tests have to understand them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from palms_spec.rulekit.staleness import CHECKOUT

DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *CHECKOUT.glob("*.md")])
WRITTEN = [path for path in PAGES if path.parent.name not in ("rules", "reference", "design")]
"""The pages that people wrote for users."""


@dataclass(frozen=True)
class Block:
    """A block of code. The paragraph before it may name the file it is: "Write `path`:" gives the whole file, "At the
    end of `path`, add:" its end."""

    language: str
    text: str
    line: int
    path: str = ""
    is_end: bool = False


def tokens(path: Path) -> list[Token]:
    """What a page consists of."""
    return MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))


def blocks(path: Path) -> Iterator[Block]:
    """The blocks of code of a page, in order."""
    before = ""
    for token in tokens(path):
        if token.type == "inline":
            before = token.content
        elif token.type == "fence":
            named = re.search(r"`([^`\s]+)`[^`]*:\Z", before) if token.info != "console" else None
            line = (token.map or [0])[0] + 1
            is_end = before.rsplit("\n", 1)[-1].startswith("At the end of ") if named else False
            yield Block(token.info, token.content, line, named[1] if named else "", is_end)
            before = ""


def inline(path: Path) -> Iterator[Token]:
    """The parts of a page's paragraphs, headings and cells: texts, links, code."""
    for token in tokens(path):
        yield from token.children or ()


def anchors(path: Path) -> set[str]:
    """The names by which the headings of a page can be linked, as GitHub makes them."""
    found: set[str] = set()
    heading = False
    for token in tokens(path):
        if token.type == "inline" and heading:
            plain = "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
            number = sum(known == name or re.fullmatch(rf"{re.escape(name)}-\d+", known) is not None for known in found)
            found.add(f"{name}-{number}" if number else name)
        heading = token.type == "heading_open"
    return found


def called_commands(path: Path) -> Iterator[str]:
    """Every call of palms on a page: in the text, and as a line of a block."""
    for token in inline(path):
        if token.type == "code_inline":
            yield token.content
    for block in blocks(path):
        for line in block.text.splitlines():
            yield re.sub(r"^\s*(\$|- run:|entry:|run:)\s+", "", line)
