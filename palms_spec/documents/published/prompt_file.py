"""The prompts of a footnote: a file with the conversations to which `[^name]` in a published text leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from palms_spec.documents.document import Defect
from palms_spec.documents.published.dialogue import Dialogue, TurnText
from palms_spec.documents.published.examples import dialogue_in, title_in
from palms_spec.documents.published.inspecting import repeated_titles
from palms_spec.documents.published.nodes import fields, listed, said
from palms_spec.documents.published.outline import Outline
from palms_spec.documents.published.samples import SampleIds, attributes_of
from palms_spec.sources.node import MappingNode, Node, ScalarNode

UNLINKED = "unlinked"
"""What stands for the specification until it is known which one has the footnote."""
_KEY = re.compile(r"\s*Examples for \[\^(?P<key>[^\]\s]+)\]")


def prompt_file(path: str, outline: Outline) -> tuple[MappingNode, list[Defect]] | None:
    """The tree of a prompt set and what is wrong with it; None for a text that holds no conversations."""
    text = outline.source.text
    stated = _KEY.match(text)
    key = said(stated["key"], *stated.span("key")) if stated else said(PurePosixPath(path).stem, 0, 0)
    defects: list[Defect] = []
    titles: list[tuple[ScalarNode | None, str]] = []
    prompts = list(_prompts(outline, str(key.value), titles, defects))
    if not prompts:
        return None
    entries: list[tuple[str, Node | None]] = [
        ("palms", ScalarNode(1, 0, 0, "plain")),
        ("kind", said("prompt-set", 0, 0)),
        ("id", key),
        ("spec", said(UNLINKED, 0, 0)),
        ("language", said("en", 0, 0)),
        ("prompts", listed(prompts, 0)),
    ]
    return fields(0, len(text), entries), [*defects, *repeated_titles(titles)]


def _prompts(
    outline: Outline, key: str, titles: list[tuple[ScalarNode | None, str]], defects: list[Defect]
) -> Iterator[MappingNode]:
    title: ScalarNode | None = None
    ids = SampleIds()
    for section in outline.sections:
        for block in section.blocks:
            if block.kind == "paragraph":
                title = title_in(outline, block) or title
            elif block.kind == "fence":
                dialogue = dialogue_in(outline, block)
                turns = [item for item in dialogue.items if isinstance(item, TurnText)]
                if turns and not dialogue.comparisons:
                    defects += dialogue.defects
                    titles.append((title, ""))
                    yield _prompt(ids.give(key, title), title, turns, dialogue)
                title = None


def _prompt(name: str, title: ScalarNode | None, turns: list[TurnText], dialogue: Dialogue) -> MappingNode:
    start, end = turns[0].start, turns[-1].content.end
    place = (title.start, title.end) if title is not None else (start, start)
    is_text = len(turns) == 1 and turns[0].role == "user" and not turns[0].attributes
    entries: list[tuple[str, Node | None]] = [
        ("id", said(name, *place)),
        ("title", title if title is not None and str(title.value).strip() else None),
        ("split", said("test", start, start)),
        ("text", turns[0].content if is_text else None),
        ("messages", None if is_text else listed(map(_message, turns), start)),
    ]
    return fields(start, end, entries)


def _message(turn: TurnText) -> MappingNode:
    role = said(turn.role, turn.start + 1, turn.start + 1 + len(turn.role))
    attributes = attributes_of(turn.attributes)
    return fields(turn.start, turn.content.end, [("role", role), ("content", turn.content), ("attributes", attributes)])
