"""The examples of a section: a title, and a fence with a conversation that holds comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.documents.published.dialogue import COMPARISON, Comparison, Dialogue, TurnText, read_dialogue
from palms_spec.documents.published.outline import Outline, Range, Section
from palms_spec.sources.markdown_blocks import Block
from palms_spec.sources.node import ScalarNode
from palms_spec.sources.pieces import Pieces

_TITLE = re.compile(r"[ \t]*(?:(?:[-+*]|\d+[.)])[ \t]+)?\*\*Example(?:\s+\w+)?:?\*\*:?\s*(?P<title>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """An example. `fence` is its fence; `lines` are those that hold nothing but it: of its title, if it has one, and of
    the fence."""

    title: ScalarNode | None
    fence: Block
    lines: tuple[Range, ...]
    dialogue: Dialogue

    @property
    def told(self) -> str:
        """What messages call it."""
        name = " ".join(str(self.title.value).split()) if self.title is not None else ""
        return f"“{name}”" if name else "an example"

    @property
    def is_told_by_samples(self) -> bool:
        """Whether its samples hold all that it says: every answer is labelled, and every comparison has one that is
        not bad."""
        comparisons = self.dialogue.comparisons
        return bool(comparisons) and all(map(is_labelled, comparisons)) and all(map(has_good_side, comparisons))


def is_labelled(comparison: Comparison) -> bool:
    """Whether every answer has a label."""
    return all(answer.label is not None for answer in comparison.answers)


def has_good_side(comparison: Comparison) -> bool:
    """Whether there is an answer to learn from."""
    return any(label_of(answer) in ("GOOD", "OK") for answer in comparison.answers)


def label_of(answer: TurnText) -> str:
    """GOOD, OK or BAD; "" where there is none."""
    return str(answer.label.value) if answer.label is not None else ""


def examples_in(outline: Outline, section: Section) -> Iterator[Example]:
    """The examples of a section that hold comparisons, in order. A conversation without one is part of the text."""
    title: tuple[ScalarNode, Block] | None = None
    for block in section.blocks:
        if block.kind == "paragraph":
            found = title_in(outline, block)
            title = (found, block) if found is not None else title
        elif block.kind == "fence":
            dialogue = dialogue_in(outline, block, only_with=f"<{COMPARISON}")
            if dialogue.comparisons:
                lines = [(block.first, block.last)]
                if title is not None:
                    lines.insert(0, (title[1].first, title[1].last))
                yield Example(title[0] if title else None, block, tuple(lines), dialogue)
            title = None


def dialogue_in(outline: Outline, fence: Block, *, only_with: str = "") -> Dialogue:
    """What a fence holds; nothing, where it lacks a text `only_with` which it is looked at."""
    start = outline.offset(fence.first + 1)
    end = outline.offset(fence.last - 1) if fence.is_closed else outline.offset(fence.last)
    end = max(start, end)
    if outline.source.text.find(only_with, start, end) < 0:
        return Dialogue()
    return read_dialogue(outline.source.text, start, end, fence.indentation)


def title_in(outline: Outline, block: Block) -> ScalarNode | None:
    """The title of an example that a paragraph is; None where it is none."""
    found = _TITLE.match(outline.source.text, *outline.range(block))
    if found is None:
        return None
    pieces = Pieces(outline.source.text)
    pieces.take(*found.span("title"))
    return pieces.node(found.start("title"))
