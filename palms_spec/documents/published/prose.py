"""What a section says in its own words: its demand, what comments on it, and where both point to.

Commentary demands nothing, so it stands apart. Marks of footnotes lead to prompts and are no words of a demand: they
are taken out of it. Examples that samples hold are left out of both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from palms_spec.documents.published.outline import Outline, Range, Section
from palms_spec.sources.attribute_list import ID, attribute_list, attributes_in
from palms_spec.sources.markdown_blocks import Block
from palms_spec.sources.node import ScalarNode
from palms_spec.sources.pieces import Pieces

_COMMENTARY = re.compile(r"""meta\b|commentary\b|\w+\s+["']?commentary\b""", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
_INDENTATION = re.compile(r"(?<=[\r\n])(?: {4}|\t)")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_MARK = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`))"
    r"|\\."
    r"|^[ ]{0,3}\[\^[^\]\s]{1,200}\]:"
    r"|\[\^(?P<footnote>[^\]\s]{1,200})\]"
    r"|\]\([ \t]{0,9}<?#(?P<link>[^)\s>]+)"
    r"|^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]{0,9}<?#(?P<definition>[^\s>]+)",
    re.DOTALL | re.MULTILINE,
)
_NOTE = re.compile(r"^[ ]{0,3}\[\^(?P<name>[^\]\s]{1,200})\]:", re.MULTILINE)
_ANCHOR = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']?(?P<id>[^\s"'<>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """`statement` is what the section demands, `rationale` the commentary; empty where there is none. `footnotes` are
    the names of its footnotes in order, `references` the ids that its links lead to."""

    statement: ScalarNode
    rationale: ScalarNode
    footnotes: tuple[ScalarNode, ...]
    references: tuple[ScalarNode, ...]


@dataclass(slots=True)
class _Found:
    """What the marks of a section lead to. `notes` are footnotes that are none of those looked for."""

    notes: frozenset[str]
    footnotes: list[ScalarNode] = field(default_factory=list)
    references: list[ScalarNode] = field(default_factory=list)


def notes_in(outline: Outline) -> frozenset[str]:
    """The footnotes that the text itself spells out, which lead to no prompts: `[^name]: ...`."""
    return frozenset(note["name"] for note in _NOTE.finditer(outline.source.text))


def prose_of(outline: Outline, section: Section, told: Iterable[Range], notes: frozenset[str] = frozenset()) -> Prose:
    """What a section says besides the lines that are `told` elsewhere: from the first to the one after the last. The
    marks of `notes` stay where they are."""
    comments = [block for block in section.blocks if is_commentary(outline, block)]
    opaque = [outline.range(block) for block in section.blocks if block.kind in ("fence", "code")]
    left_out = sorted([*told, *((block.first, block.last) for block in comments)])
    found = _Found(notes)
    at = outline.offset(section.lines[0])
    statement = Pieces(outline.source.text)
    for part in _parts(outline, section.lines, left_out):
        _take(statement, outline, part, opaque, found)
    rationale = Pieces(outline.source.text)
    for block in comments:
        _take(rationale, outline, _inside(outline, block), opaque, found, is_indented=_is_note(block))
    return Prose(statement.node(at), rationale.node(at), tuple(found.footnotes), tuple(found.references))


def is_commentary(outline: Outline, block: Block) -> bool:
    """Whether a block says of itself that it is commentary, or is a comment that no reader sees."""
    if block.is_nested:
        return False
    if _is_note(block):
        return _COMMENTARY.match(block.info) is not None
    return block.kind == "html" and _COMMENT.fullmatch(outline.source.text, *outline.range(block)) is not None


def _is_note(block: Block) -> bool:
    return block.kind == "admonition"


def references_in(text: str, start: int, end: int) -> Iterator[ScalarNode]:
    """The ids that links in a range lead to."""
    for mark in _MARK.finditer(text, start, end):
        if (kind := "link" if mark["link"] else "definition" if mark["definition"] else "") != "":
            yield ScalarNode(mark[kind], *mark.span(kind), "plain")


def anchors_in(outline: Outline) -> Iterator[str]:
    """The ids that a link may lead to: of sections, of other blocks with attributes, and of HTML."""
    text = outline.source.text
    for section in outline.sections:
        yield section.id
        for block in section.blocks:
            if block.kind in ("fence", "code"):
                continue
            start, end = outline.range(block)
            yield from (found["id"] for found in _ANCHOR.finditer(text, start, end))
            if text[start:end].endswith("}") and (
                listed := attribute_list(text, text.rfind("\n", start, end) + 1, end)
            ):
                yield from (one.value for one in attributes_in(text, *listed[1:]) if one.name == ID)


def _parts(outline: Outline, lines: Range, left_out: list[Range]) -> Iterator[Range]:
    """The stretches of lines that are not left out, as ranges of characters without the blank lines around them."""
    text, at = outline.source.text, lines[0]
    for first, last in [*left_out, (lines[1], lines[1])]:
        start, end = outline.offset(at), outline.offset(max(at, first))
        end = start + len(text[start:end].rstrip())
        if start < end:
            blank = _BLANK_LINES.match(text, start, end)
            yield blank.end() if blank else start, end
        at = max(at, last)


def _inside(outline: Outline, block: Block) -> Range:
    """The range of what a comment holds; of an admonition without its first line."""
    start, end = outline.range(block)
    if _is_note(block):
        start = min(outline.offset(block.first + 1), end)
        while start < end and outline.source.text[start] in "\r\n":
            start += 1
    return start, end


def _take(
    pieces: Pieces,
    outline: Outline,
    part: Range,
    opaque: list[Range],
    found: _Found,
    *,
    is_indented: bool = False,
) -> None:
    """Add a stretch of text to a value, two lines below what is there, without footnotes and indentation."""
    text = outline.source.text
    start, end = part
    if start >= end:
        return
    cuts: list[Range] = [one.span() for one in _INDENTATION.finditer(text, start, end)] if is_indented else []
    for mark in _MARK.finditer(text, start, end):
        block = bisect_right(opaque, (mark.start(), len(text)))
        if block and mark.start() < opaque[block - 1][1]:
            continue
        if mark["footnote"] and mark["footnote"] not in found.notes:
            found.footnotes.append(ScalarNode(mark["footnote"], *mark.span("footnote"), "plain"))
            cuts.append(mark.span())
        for kind in ("link", "definition"):
            if mark[kind]:
                found.references.append(ScalarNode(mark[kind], *mark.span(kind), "plain"))
    if pieces:
        pieces.put("\n\n", start, start)
    at = start
    for first, last in sorted(cuts):
        pieces.take(at, first)
        at = last
    pieces.take(at, end)
