"""The conversation in a fence: turns in tags, and comparisons of answers that are labelled good or bad.

It looks like XML and is none: `<` stands in texts as it is, and tags in a turn that are not its own end are part of
what it says (`<untrusted>`), as authors write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from palms_spec.documents.document import Defect
from palms_spec.sources.attribute_list import Attribute, attributes_in
from palms_spec.sources.node import ScalarNode
from palms_spec.sources.pieces import Pieces

LABELS = ("GOOD", "OK", "BAD")
"""From the best to the worst."""
COMPARISON = "comparison"
_ATTRIBUTES = r"""(?P<attributes>(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)"""
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>system|developer|user|assistant|tool|comparison){_ATTRIBUTES}>")
_BLOCK = re.compile(rf"^[ \t]*<(?P<name>[a-z_]+){_ATTRIBUTES}>", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--(?P<said>.*?)-->", re.DOTALL)
_LABEL = re.compile(rf"\s*(?P<label>{'|'.join(LABELS)})\b(?:\s*\[#(?P<blames>[^\]\s]*)\])?\s*[:,;.–—-]?\s*")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


@dataclass(slots=True)
class TurnText:
    """One turn. `content` is what it says, `blocks` are the names of blocks nested in it. In a comparison it may have a
    `label`, the id of the section that it breaks (`blames`) and a `comment`; `start` is where its tag stands."""

    role: str
    start: int
    content: ScalarNode
    attributes: tuple[Attribute, ...] = ()
    blocks: tuple[str, ...] = ()
    label: ScalarNode | None = None
    blames: ScalarNode | None = None
    comment: ScalarNode | None = None


@dataclass(slots=True)
class Comparison:
    """Answers to what was said before, side by side. It stands from `start` to `end`."""

    start: int
    end: int
    answers: list[TurnText] = field(default_factory=list)


@dataclass(slots=True)
class Dialogue:
    """What a fence holds, in order; `outside` is text that stands in no turn, and `defects` what is not closed."""

    items: list[TurnText | Comparison] = field(default_factory=list)
    outside: list[ScalarNode] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)

    @property
    def comparisons(self) -> list[Comparison]:
        return [item for item in self.items if isinstance(item, Comparison)]


def read_dialogue(text: str, start: int, end: int, indentation: int = 0) -> Dialogue:
    """The conversation between two offsets, the lines of which begin with `indentation` blanks."""
    found = Dialogue()
    current: Comparison | None = None
    at = start
    for_turns = found.items
    while tag := _TAG.search(text, at, end):
        _add_outside(found, text, at, tag.start())
        at = tag.end()
        name, closes = tag["name"], bool(tag["close"])
        if name == COMPARISON:
            if closes and current is not None:
                current.end = at
            elif closes or current is not None:
                found.defects.append(_unbalanced(tag))
            current = None if closes else Comparison(tag.start(), end)
            if current is not None:
                found.items.append(current)
        elif closes:
            found.defects.append(_unbalanced(tag))
        else:
            turn, at = _turn(found, text, tag, end, indentation, in_comparison=current is not None)
            (for_turns if current is None else current.answers).append(turn)
    _add_outside(found, text, at, end)
    if current is not None:
        hint = "write </comparison> behind its last answer"
        message = "<comparison> is not closed"
        found.defects.append(
            Defect("syntax-error", message, hint, offset=current.start, end=current.start + len("<comparison>"))
        )
    return found


def _turn(
    found: Dialogue, text: str, tag: re.Match[str], end: int, indentation: int, *, in_comparison: bool
) -> tuple[TurnText, int]:
    """The turn that a tag opens, and where what follows begins."""
    role = tag["name"]
    start = tag.end()
    closing = text.find(f"</{role}>", start, end)
    last = closing if closing >= 0 else _next_tag(text, start, end)
    if closing < 0:
        message, hint = f"<{role}> is not closed", f"write </{role}> where it ends"
        found.defects.append(Defect("syntax-error", message, hint, offset=tag.start(), end=tag.end()))
    turn = TurnText(role, tag.start(), ScalarNode("", start, start, "plain"))
    turn.attributes = tuple(attributes_in(text, *tag.span("attributes")))
    if in_comparison and (comment := _COMMENT.match(text, start, last)):
        _read_label(turn, text, *comment.span("said"))
        start = comment.end()
    turn.blocks = tuple(dict.fromkeys(_nested(text, start, last)))
    turn.content = _content(text, start, last, indentation)
    return turn, last + len(f"</{role}>") if closing >= 0 else last


def _next_tag(text: str, start: int, end: int) -> int:
    """Where the next tag stands that begins a line: as far as a turn goes that is not closed."""
    for tag in _TAG.finditer(text, start, end):
        if not text[text.rfind("\n", 0, tag.start()) + 1 : tag.start()].strip():
            return tag.start()
    return end


def _read_label(turn: TurnText, text: str, start: int, end: int) -> None:
    said = _LABEL.match(text, start, end)
    if said is not None:
        turn.label = ScalarNode(said["label"], *said.span("label"), "plain")
        if said["blames"]:
            turn.blames = ScalarNode(said["blames"], *said.span("blames"), "plain")
        start = said.end()
    while start < end and text[start].isspace():
        start += 1
    end = start + len(text[start:end].rstrip())
    if start < end:
        pieces = Pieces(text)
        pieces.take(start, end)
        turn.comment = pieces.node()


def _nested(text: str, start: int, end: int) -> list[str]:
    last: dict[str, int] = {}
    found = []
    for opening in _BLOCK.finditer(text, start, end):
        name = opening["name"]
        if name not in last:
            last[name] = text.rfind(f"</{name}>", start, end)
        if last[name] >= opening.end():
            found.append(name)
    return found


def _content(text: str, start: int, end: int, indentation: int) -> ScalarNode:
    """What a turn says: without the lines of its tags, entities decoded."""
    opened = start
    while blank := _LINE.match(text, start, end):
        start = blank.end()
    while start == opened and text[start:end][:1].isspace():
        start = opened = start + 1
    end = start + len(text[start:end].rstrip())
    pieces, at = Pieces(text), start
    marks = re.compile(rf"{_ENTITY.pattern}|(?<=\n) {{1,{indentation}}}") if indentation else _ENTITY
    for mark in marks.finditer(text, start, end):
        pieces.take(at, mark.start())
        if mark[0].strip():
            pieces.put(_decoded(mark[0]), *mark.span())
        at = mark.end()
    pieces.take(at, end)
    return pieces.node(start)


def _decoded(entity: str) -> str:
    if entity in _NAMED:
        return _NAMED[entity]
    number = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
    allowed = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if allowed else entity


def _add_outside(found: Dialogue, text: str, start: int, end: int) -> None:
    said = text[start:end].strip()
    if said:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        pieces = Pieces(text)
        pieces.take(start, start + len(said))
        found.outside.append(pieces.node())


def _unbalanced(tag: re.Match[str]) -> Defect:
    if tag["close"]:
        message, hint = f"{tag[0]} closes nothing", "take it out, or open what it closes"
    else:
        message, hint = "a comparison stands in another one", "close the first with </comparison>"
    return Defect("syntax-error", message, hint, offset=tag.start(), end=tag.end())
