"""YAML as a tree of nodes, built in one loop over libyaml's events: nothing a file holds can exhaust it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from palms_spec.errors import PalmsError, SourceSyntaxError
from palms_spec.sources.node import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Style,
)
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml_scalars import check_collection_tag, resolve, resolve_tagged

MAX_TAG_DIRECTIVES = 100  # libyaml compares each of them with all before it

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_BLANKS = " \t\r\n\x85\u2028\u2029"
_LINE_END = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")
_TAG_DIRECTIVE = re.compile(rf"(?:\A|[{_BLANKS}])%TAG")
_PROPERTIES = re.compile(rf"(?:(?:!<[^>\s]*>|[!&][^\s,\[\]{{}}]*)(?:[{_BLANKS}]+(?:#[^\r\n]*)?)*){{1,2}}")


def read_yaml(source: SourceText, start: int = 0, end: int | None = None) -> Node | None:
    """The one document in a text, or in a part of it; None where it holds nothing but comments.

    Unquoted scalars mean what YAML 1.2 says; a key that is no text is its text as written. Places of nodes are offsets
    into the whole text, anchors and tags not included; an alias shares the node of its anchor.

    Raises SourceSyntaxError, with the offset, for what is no YAML, for tags beyond YAML's core, merge keys, keys that
    are no scalars and second documents, and where more than MAX_DEPTH levels or MAX_NODES values stand in it.
    """
    text = source.text if start == 0 and end is None else source.text[start:end]
    if text.startswith("\ufeff"):  # libyaml would pass over it without counting it
        raise SourceSyntaxError("a byte order mark stands inside of the file", offset=start, hint="delete it")
    if text.count("%TAG") > MAX_TAG_DIRECTIVES < len(_TAG_DIRECTIVE.findall(text)):
        raise SourceSyntaxError(f"more than {MAX_TAG_DIRECTIVES} %TAG directives", offset=start)
    new_parser, yaml_error = _libyaml()
    try:
        parser = new_parser(text)
        return _document(parser, text, start)
    except yaml_error as error:
        from palms_spec.sources.yaml_errors import explained

        raise explained(error, text, start) from error
    except UnicodeEncodeError as error:
        from palms_spec.sources.yaml_errors import unreadable_character

        raise unreadable_character(text, start) from error


@cache
def _libyaml() -> tuple[Any, type[Exception]]:
    # Imported when the first YAML is read: it costs more than a look at a JSONL file does.
    try:
        from yaml import YAMLError
        from yaml._yaml import CParser
    except ImportError as error:
        raise PalmsError(
            "PyYAML is installed without libyaml, which palms reads YAML with",
            hint="install a wheel of PyYAML: pip install --force-reinstall --only-binary :all: PyYAML",
        ) from error
    return CParser, YAMLError


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read. `size` counts the values in it, `height` the levels below it."""

    node: MappingNode | SequenceNode
    anchor: str | None
    key: ScalarNode | None = None
    size: int = 1
    height: int = 1


@dataclass(slots=True, frozen=True)
class _Anchored:
    node: Node
    size: int
    height: int


def _document(parser: Any, text: str, shift: int) -> Node | None:
    """Follow the events of a parser from start to end."""
    root: Node | None = None
    frames: list[_Open] = []
    anchors: dict[str, _Anchored | None] = {}
    total = documents = 0
    while (event := parser.get_event()) is not None:
        kind = type(event).__name__
        start, end = event.start_mark.index + shift, event.end_mark.index + shift
        size, height = 1, 0
        node: Node
        if kind == "ScalarEvent":
            node = _scalar(event, text, start, end, shift)
            end = node.end
            if event.anchor is not None:
                anchors[event.anchor] = _Anchored(node, 1, 0)
        elif kind == "AliasEvent":
            anchored = _anchored(anchors, event.anchor, start)
            node, size, height = anchored.node, anchored.size, anchored.height
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            frames.append(_opened(event, text, start, frames, shift))
            if event.anchor is not None:
                anchors[event.anchor] = None
            continue
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            closed = frames.pop()
            node, size, height = closed.node, closed.size, closed.height
            # The end event of a block has no width and stands behind blank lines and comments.
            end = node.end = end if end > start else node.end
            if closed.anchor is not None:
                anchors[closed.anchor] = _Anchored(node, size, height)
        elif kind == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                raise SourceSyntaxError("a second document begins here", offset=start, hint="keep one document a file")
            continue
        else:
            continue
        total += size if kind in ("ScalarEvent", "AliasEvent") else 1
        if total > MAX_NODES or height + len(frames) > MAX_DEPTH:
            limit = f"holds more than {MAX_NODES:,} values" if total > MAX_NODES else f"is over {MAX_DEPTH} levels deep"
            raise SourceSyntaxError(f"the document {limit}, aliases included", offset=start)
        if frames:
            _attach(frames[-1], node, start, end, size, height)
        else:
            root = node
    if isinstance(root, ScalarNode) and root.value is None and not root.raw:
        return None
    return root


def _attach(parent: _Open, node: Node, start: int, end: int, size: int, height: int) -> None:
    """Make a node the next key or value of its parent. `start` and `end` tell where an alias of it stands."""
    container = parent.node
    container.end = end
    parent.size += size
    parent.height = max(parent.height, height + 1)
    if isinstance(container, SequenceNode):
        container.items.append(node)
    elif parent.key is None:
        parent.key = _key(node, start, end)
    else:
        container.add(str(parent.key.value), Entry(parent.key, node))
        parent.key = None


def _key(node: Node, start: int, end: int) -> ScalarNode:
    if not isinstance(node, ScalarNode):
        raise SourceSyntaxError("a key cannot be a list or a mapping", offset=node.start, hint="put the key in quotes")
    if node.style == "plain" and node.value == "<<":
        raise SourceSyntaxError("merge keys (<<) are not read", offset=start, hint="write out the keys it stands for")
    is_alias = node.end != end
    if isinstance(node.value, str) and not is_alias:
        return node
    name = node.value if isinstance(node.value, str) else node.raw
    return ScalarNode(name, start if is_alias else node.start, end, node.style)


def _scalar(event: Any, text: str, start: int, end: int, shift: int) -> ScalarNode:
    written: str = event.value
    style = _STYLES[event.style]
    tag = event.tag
    try:
        if tag is not None:
            value = resolve_tagged(tag, written)
        else:
            value = resolve(written) if style == "plain" else written
    except ValueError as error:
        hint = "" if tag is None else "only YAML's own types are read; put the value in quotes if ! belongs to its text"
        raise SourceSyntaxError(str(error), offset=start, hint=hint) from error
    if tag is not None or event.anchor is not None:
        start = _behind_properties(text, start - shift, end - shift) + shift
    if style in ("literal", "folded"):
        content = len(text[start - shift : end - shift].rstrip(_BLANKS)) + start - shift
        line_end = _LINE_END.search(text, content)
        end = (line_end.start() if line_end else content) + shift
    return ScalarNode(value, start, end, style, written if tag is not None or not isinstance(value, str) else "")


def _opened(event: Any, text: str, start: int, frames: list[_Open], shift: int) -> _Open:
    if len(frames) >= MAX_DEPTH:
        raise SourceSyntaxError(f"the document is over {MAX_DEPTH} levels deep", offset=start)
    is_mapping = type(event).__name__ == "MappingStartEvent"
    try:
        check_collection_tag(event.tag, "map" if is_mapping else "seq")
    except ValueError as error:
        raise SourceSyntaxError(str(error), offset=start, hint="only YAML's own types are read") from error
    if event.tag is not None or event.anchor is not None:
        start = _behind_properties(text, start - shift, len(text)) + shift
    return _Open(MappingNode(start, start) if is_mapping else SequenceNode(start, start), event.anchor)


def _behind_properties(text: str, start: int, end: int) -> int:
    """Where a value begins behind its anchor and tag."""
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start


def _anchored(anchors: dict[str, _Anchored | None], name: str, offset: int) -> _Anchored:
    hint = "put the value in quotes if * belongs to its text"
    if name not in anchors:
        raise SourceSyntaxError(f"the alias *{name} has no anchor &{name} before it", offset=offset, hint=hint)
    anchored = anchors[name]
    if anchored is None:
        raise SourceSyntaxError(f"the alias *{name} stands inside of what it repeats", offset=offset)
    return anchored
