"""The blocks of a Markdown text, and the lines that each of them takes. The one file that imports markdown-it.

What blocks say inline is not looked into: places in a text are worked out from its characters, which markdown-it does
not keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

BlockKind = Literal["heading", "paragraph", "fence", "code", "html", "admonition"]
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "admonition": "admonition",
}
_MARK = "!!! "
_INDENTATION = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A block from line `first` to line `last`, which is no part of it; lines count from 0.

    `rank` is that of a heading, from 1 to 6. `info` is what stands behind the opening of a fence or an admonition.
    `is_nested` is a block in a list or a quotation; `is_closed` is false for a fence that goes on to the end of what it
    stands in, because nothing closes it. `indentation` is what a fence takes from the start of its lines.
    """

    kind: BlockKind
    first: int
    last: int
    rank: int = 0
    info: str = ""
    is_nested: bool = False
    is_closed: bool = True
    indentation: int = 0


def markdown_blocks(text: str) -> list[Block]:
    """The blocks that hold text, in order; lists and quotations are not among them, but what they hold is.

    Line ends may be LF, CRLF or CR. An admonition is a line of `!!! kind "Title"` with the indented lines below it, as
    Python-Markdown has them; it is one block, whatever it holds.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = []
    for token in _parser().parse(text):
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        first, last = token.map
        is_fence = kind == "fence"
        blocks.append(
            Block(
                kind,
                first,
                last,
                int(token.tag[1]) if kind == "heading" else 0,
                token.info.strip(),
                token.level > 0,
                not is_fence or (last - first > 1 and _closes(lines[last - 1], token.markup)),
                len(lines[first]) - len(lines[first].lstrip(" ")) if is_fence else 0,
            )
        )
    return blocks


def _closes(line: str, markup: str) -> bool:
    """Whether a line closes a fence that was opened with this many marks."""
    bare = line.strip(" \t>")
    return len(bare) >= len(markup) and not bare.strip(markup[0])


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before(
        "fence", "admonition", _admonition, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return parser


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for admonitions: it takes the lines below that are indented, with the blank ones between them."""
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(_MARK, at):
        return False
    if silent:
        return True
    line = last = start + 1
    while line < end:
        if not state.isEmpty(line):
            if state.sCount[line] < state.blkIndent + _INDENTATION:
                break
            last = line + 1
        line += 1
    token = state.push("admonition", "", 0)
    token.map = [start, last]
    token.info = state.src[at + len(_MARK) : state.eMarks[start]]
    state.line = last
    return True
