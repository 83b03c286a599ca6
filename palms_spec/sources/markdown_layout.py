"""The layout of a Markdown sample, without question and answer: lines around its parts, the order of its keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from palms_spec.sources.markdown import SampleMarkdown
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode

_ANCHOR = re.compile(r"(?<![^\s\[{,])[&*%]\S").search


def sample_text(front: str | None, parts: SampleMarkdown) -> str:
    """A sample as it is to be laid out: front matter, heading, one blank line, answer, and nothing behind it."""
    matter = "" if front is None else f"---\n{front}---\n"
    question = parts.question.value if parts.question else ""
    heading = f"# {question}".rstrip(" ")
    answer = f"\n{parts.answer.value}\n" if parts.answer.value else ""
    return f"{matter}{heading}\n{answer}"


def reordered(text: str, front: Node | None, order: Sequence[str]) -> str:
    """Front matter, which is the whole of a text, with the keys of its mapping in order; those that are in none come
    last, as they stand. A comment goes with the key below it.

    The text is returned as it is where keys do not stand on lines of their own, and where anchors hang on their order.
    """
    if not isinstance(front, MappingNode) or not front.entries or front.duplicates or _ANCHOR(text):
        return text
    entries = sorted(front.entries.items(), key=lambda entry: entry[1].key.start)
    names = [name for name, _ in entries]
    rank = {name: number for number, name in enumerate(order)}
    wanted = sorted(names, key=lambda name: rank.get(name, len(rank)))
    if names == wanted:
        return text
    starts = [entry.key.start for _, entry in entries]
    if not all(at == 0 or text[at - 1] == "\n" for at in starts):
        return text
    ends = [_line_end(text, _end(text, entry.value) or entry.key.end) for _, entry in entries]
    cuts = [_above(text, at, end) for at, end in zip(starts, [0, *ends[:-1]], strict=True)]
    cuts.append(_footer(text, ends[-1]))
    chunks = dict(zip(names, (text[first:last] for first, last in pairwise(cuts)), strict=True))
    return text[: cuts[0]] + "".join(chunks[name] for name in wanted) + text[cuts[-1] :]


def _end(text: str, node: Node) -> int:
    """Where what is written of a value ends; that of a mapping or list in block style ends with its last item."""
    if isinstance(node, ScalarNode) or text[node.start : node.start + 1] in ("[", "{"):
        return node.end
    if isinstance(node, SequenceNode):
        return max((_end(text, item) for item in node.items), default=node.end)
    entries = (*node.entries.values(), *node.duplicates)
    return max((max(entry.key.end, _end(text, entry.value)) for entry in entries), default=node.end)


def _line_end(text: str, at: int) -> int:
    """Behind the line that holds an offset."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _above(text: str, at: int, end: int) -> int:
    """Where the comments begin that stand right above a key, not before the end of what stands above them."""
    while at > end:
        start = text.rfind("\n", 0, at - 1) + 1
        if start < end or not text.startswith("#", start):
            break
        at = start
    return at


def _footer(text: str, end: int) -> int:
    """Where the comments begin that stand below everything."""
    at = end
    while at < len(text) and not text.startswith("#", at):
        at = _line_end(text, at)
    return at
