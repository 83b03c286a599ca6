"""The sections of a published specification: their headings, what these say, and the blocks below each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from palms_spec.documents.slugs import slug
from palms_spec.sources.attribute_list import ID, Attribute, attribute_list, attributes_in
from palms_spec.sources.markdown_blocks import Block, markdown_blocks
from palms_spec.sources.text import SourceText

PREAMBLE = "preamble"
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*\Z")
_CHARACTER = re.compile(r"\S")

Range = tuple[int, int]
"""Character offsets, end exclusive."""


@dataclass(slots=True)
class Section:
    """A heading with the text below it, up to the next heading of any rank.

    `title` and `id` stand in the ranges; where the heading states no id (`states_id`), it is made of the title, and its
    range is that of the title. `attributes` are all that the heading states besides. `lines` are those of the text
    below, from the first to the one after the last, and `blocks` what these hold.
    """

    title: str
    title_range: Range
    id: str
    id_range: Range
    states_id: bool
    rank: int
    attributes: tuple[Attribute, ...]
    start: int
    lines: Range
    blocks: list[Block] = field(default_factory=list)
    parent: Section | None = None

    def attribute(self, name: str) -> Attribute | None:
        """What the heading says under a name."""
        return next((one for one in self.attributes if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Outline:
    """A text and its sections, in order. What stands before the first heading is a section of its own."""

    source: SourceText
    sections: tuple[Section, ...]

    def offset(self, line: int) -> int:
        """Where a line begins; lines count from 0."""
        starts = self.source.line_starts
        return starts[line] if line < len(starts) else len(self.source.text)

    def range(self, block: Block) -> Range:
        """Where a block stands, without the line end behind it."""
        start, end = self.offset(block.first), self.offset(block.last)
        return start, start + len(self.source.text[start:end].rstrip())


def outline(source: SourceText, start: int = 0) -> Outline:
    """The sections of a text from an offset on, which is the start of a line."""
    text = source.text
    skipped = source.position(start)[0] - source.first_line
    blocks = [_moved(block, skipped) for block in markdown_blocks(text[start:])]
    found = Outline(source, ())
    headings = [block for block in blocks if block.kind == "heading" and not block.is_nested]
    last_line = len(source.line_starts)
    sections: list[Section] = []
    around: list[Section] = []
    taken: set[str] = set()
    first = headings[0].first if headings else last_line
    if any(block.first < first for block in blocks):
        place = _CHARACTER.search(text, start)
        at = place.start() if place else start
        sections.append(Section("Preamble", (at, at), PREAMBLE, (at, at), True, 0, (), at, (skipped, first)))
        taken.add(PREAMBLE)
    for number, heading in enumerate(headings):
        following = headings[number + 1].first if number + 1 < len(headings) else last_line
        section = _section(found, heading, following)
        if not section.states_id:
            section.id = _unused(slug(section.title), taken)
        taken.add(section.id)
        while around and around[-1].rank >= section.rank:
            around.pop()
        section.parent = around[-1] if around else None
        around.append(section)
        sections.append(section)
    _share_out(sections, blocks)
    return Outline(source, tuple(sections))


def _moved(block: Block, lines: int) -> Block:
    return Block(
        block.kind,
        block.first + lines,
        block.last + lines,
        block.rank,
        block.info,
        block.is_nested,
        block.is_closed,
        block.indentation,
    )


def _section(found: Outline, heading: Block, following: int) -> Section:
    text = found.source.text
    start, end = found.range(heading)
    opening = _HEADING.match(text, start, end)
    if opening is not None:
        title_start = opening.end()
    else:  # underlined: the last of its lines is the line below
        title_start, end = start, found.offset(heading.last - 1)
    end = title_start + len(text[title_start:end].rstrip())
    listed = attribute_list(text, title_start, end)
    attributes = tuple(attributes_in(text, *listed[1:])) if listed else ()
    if listed:
        end = listed[0]
    marks = _CLOSING_MARKS.search(text, title_start, end) if opening is not None else None
    if marks is not None:
        end = marks.start()
    title = text[title_start:end].strip()
    title_start += len(text[title_start:end]) - len(text[title_start:end].lstrip())
    title_range = (title_start, title_start + len(title))
    stated = next((one for one in attributes if one.name == ID), None)
    return Section(
        " ".join(title.split()) or "Untitled",
        title_range,
        stated.value if stated else "",
        (stated.start, stated.end) if stated else title_range,
        stated is not None,
        heading.rank,
        tuple(one for one in attributes if one is not stated),
        start,
        (heading.last, following),
    )


def _share_out(sections: list[Section], blocks: list[Block]) -> None:
    starts = [section.lines[0] for section in sections]
    for block in blocks:
        at = bisect_right(starts, block.first) - 1
        if at >= 0 and block.first < sections[at].lines[1]:
            sections[at].blocks.append(block)


def _unused(name: str, taken: set[str]) -> str:
    number, found = 2, name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found
