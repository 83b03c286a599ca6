"""JSON as a tree of nodes, and the two questions that a fast parser leaves open about a row."""

from __future__ import annotations

import re
from typing import Any

from palms_spec.errors import SourceSyntaxError, UnreadableSource
from palms_spec.sources.json_tokens import blank_end, literal, number, string
from palms_spec.sources.node import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    MappingNode,
    Node,
    Plain,
    ScalarNode,
    SequenceNode,
    plain,
)
from palms_spec.sources.text import SourceText


def read_json(source: SourceText) -> Node | None:
    """The value in a text, strictly as RFC 8259 has it; None where the text is blank.

    Half a surrogate pair in an escape stays the lone code point that it is.

    Raises SourceSyntaxError, with the offset, for what is no JSON, and where more than MAX_DEPTH levels or MAX_NODES
    values stand in it.
    """
    text = source.text
    at = blank_end(text, 0)
    if at == len(text):
        return None
    frames: list[tuple[MappingNode | SequenceNode, ScalarNode | None]] = []
    key: ScalarNode | None = None
    count = 0
    while True:
        count += 1
        if count > MAX_NODES:
            raise SourceSyntaxError(f"the document holds more than {MAX_NODES:,} values", offset=at)
        node, at, is_open = _value(text, at)
        if len(frames) >= MAX_DEPTH and not isinstance(node, ScalarNode):
            raise SourceSyntaxError(f"the document is over {MAX_DEPTH} levels deep", offset=node.start)
        if is_open:
            assert not isinstance(node, ScalarNode)
            frames.append((node, key))
            key = None
            if isinstance(node, MappingNode):
                key, at = _key(text, at)
            continue
        while frames:
            container, own_key = frames[-1]
            if key is None:
                assert isinstance(container, SequenceNode)
                container.items.append(node)
            else:
                assert isinstance(container, MappingNode)
                container.add(str(key.value), Entry(key, node))
                key = None
            at = blank_end(text, at)
            following = text[at : at + 1]
            if following == ",":
                at = blank_end(text, at + 1)
                closing = text[at : at + 1]
                if closing and closing in "]}":
                    raise SourceSyntaxError("a comma stands before the closing bracket", offset=at, hint="delete it")
                if isinstance(container, MappingNode):
                    key, at = _key(text, at)
                break
            if following != ("}" if isinstance(container, MappingNode) else "]"):
                raise _unfinished(container, text, at)
            frames.pop()
            at += 1
            container.end = at
            node, key = container, own_key
        else:
            at = blank_end(text, at)
            if at < len(text):
                raise SourceSyntaxError("text goes on where the value has ended", offset=at)
            return node


def loads(raw: bytes) -> Plain:
    """The value of one row. Slow: meant for rows that orjson refuses, to say why, or to read them after all.

    Raises UnreadableSource where the bytes are not UTF-8 and SourceSyntaxError where they are no JSON, both with the
    character offset in the row.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = len(raw[: error.start].decode("utf-8"))
        message = f"byte 0x{raw[error.start]:02x} is not valid UTF-8"
        raise UnreadableSource(message, offset=offset, hint="save the file as UTF-8") from error
    node = read_json(SourceText("", text))
    if node is None:
        raise SourceSyntaxError("the row is blank")
    return plain(node)


_SPACED_KEY = re.compile(rb'"[ \t\r\n]+:').search
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"[ \t\r\n]*+(:?)', re.DOTALL).findall


def has_duplicate_keys(raw: bytes, value: Any) -> bool:
    """Whether a key is written twice in one of the mappings of a row; `value` is what parsing the row gave.

    Parsers keep one of two equal keys, so the keys in the bytes then outnumber those in the value. The cheap counts can
    come out too high only, by what text holds; where they do, the strings are told apart.
    """
    keys, texts = _count(value)
    if raw.count(b'"') == 2 * (keys + texts):
        return False
    if raw.count(b'":') == keys and not _SPACED_KEY(raw):
        return False
    return _STRINGS(raw).count(b":") != keys


def _count(value: Any) -> tuple[int, int]:
    """How many keys, and how many values that are text, a value holds."""
    keys = texts = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if type(one) is str:
            texts += 1
        elif type(one) is dict:
            keys += len(one)
            waiting += one.values()
        elif type(one) is list:
            waiting += one
    return keys, texts


def _value(text: str, at: int) -> tuple[Node, int, bool]:
    """The scalar or empty container at an offset, and where it ends; or one that has just been opened."""
    character = text[at : at + 1]
    if character == '"':
        value, end = string(text, at)
        return ScalarNode(value, at, end, "json"), end, False
    if character == "{":
        following = blank_end(text, at + 1)
        if text[following : following + 1] == "}":
            return MappingNode(at, following + 1), following + 1, False
        return MappingNode(at, at), following, True
    if character == "[":
        following = blank_end(text, at + 1)
        if text[following : following + 1] == "]":
            return SequenceNode(at, following + 1), following + 1, False
        return SequenceNode(at, at), following, True
    is_number = character and character in "-0123456789"
    found, end = number(text, at) if is_number else literal(text, at)
    return ScalarNode(found, at, end, "json", text[at:end]), end, False


def _key(text: str, at: int) -> tuple[ScalarNode, int]:
    """The key at an offset, and where its value begins."""
    if text[at : at + 1] != '"':
        raise SourceSyntaxError("expected a key in double quotes", offset=at)
    name, end = string(text, at)
    colon = blank_end(text, end)
    if text[colon : colon + 1] != ":":
        raise SourceSyntaxError("expected a colon behind the key", offset=colon)
    return ScalarNode(name, at, end, "json"), blank_end(text, colon + 1)


def _unfinished(container: MappingNode | SequenceNode, text: str, at: int) -> SourceSyntaxError:
    opening, closing = "{}" if isinstance(container, MappingNode) else "[]"
    if at == len(text):
        return SourceSyntaxError(f"what {opening} opens is not closed", offset=container.start)
    return SourceSyntaxError(f"expected a comma or {closing}", offset=at)
