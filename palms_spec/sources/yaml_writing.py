"""YAML that reads back as the very value it was written from, laid out as a person would write it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from palms_spec.sources.node import MAX_DEPTH, Plain, Scalar
from palms_spec.sources.yaml_scalars import legacy_meaning, resolve

FLOW_WIDTH = 100
SIMPLE_KEY = 1000  # libyaml looks for the colon behind a key no further than 1024 characters

# Begin with a letter, and hold nothing that YAML could take for a sign of its own and nothing that cannot be seen.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,/+()'\"’‘“”%@&*!?;$=<>|~^–—…\[\]{}-]| (?=[^ #])|:(?=[^\s:]))*").fullmatch
_FLOW_PLAIN = re.compile(r"[^\W\d_][\w./+@-]*").fullmatch
_VISIBLE = re.compile(
    r"(?=\S)[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
).fullmatch
_BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE).search
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SURROGATE = re.compile("[\ud800-\udfff]").search
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_yaml(value: Plain) -> str:
    """YAML text, ended by a line break, that `read_yaml` reads as this value; keys keep their order.

    Text of several lines stands as a literal block where that is exact, short lists of single values stand on one line,
    and text that YAML 1.1 or 1.2 could take for something else stands in quotes.

    Raises ValueError for what YAML cannot hold: lone surrogates, more than MAX_DEPTH levels.
    """
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Plain, depth: int) -> Iterator[str]:
    """The lines of a value, without the indentation of what it stands in."""
    if depth >= MAX_DEPTH and isinstance(value, dict | list):
        raise ValueError(f"more than {MAX_DEPTH} levels")
    if isinstance(value, dict) and value:
        for key, item in value.items():
            head = f"{_text(key, _PLAIN)}: "
            if len(head) > SIMPLE_KEY:
                yield f"? {quoted(key)}"
                head = ": "
            if _is_block(item):
                yield head.rstrip(" ")
                yield from map(_indented, _lines(item, depth + 1))
            else:
                yield from _headed(head, item, depth)
    elif isinstance(value, list) and _is_block(value):
        for item in value:
            if _is_block(item):
                first, *rest = _lines(item, depth + 1)
                yield f"- {first}"
                yield from map(_indented, rest)
            else:
                yield from _headed("- ", item, depth)
    else:
        yield from _headed("", value, depth - 1)


def _is_block(value: Plain) -> bool:
    """Whether a value stands on lines of its own, below its head."""
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            return True
        return bool(value) and len(_flow(value)) > FLOW_WIDTH
    return isinstance(value, dict) and bool(value)


def _headed(head: str, value: Plain, depth: int) -> Iterator[str]:
    """A value that begins on the line of its head: a scalar, an empty mapping or a list on one line."""
    if isinstance(value, dict | list):
        if depth + 1 >= MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} levels")
        yield head + ("{}" if isinstance(value, dict) else _flow(value))
    elif isinstance(value, str) and "\n" in value and _VISIBLE(value) and not _BLANK_LINE(value):
        content = value.rstrip("\n")
        breaks = len(value) - len(content)
        yield head + ("|-", "|", "|+")[min(breaks, 2)]
        yield from map(_indented, content.split("\n"))
        yield from [""] * (breaks - 1)
    else:
        yield head + _scalar(value, _PLAIN)


def _indented(line: str) -> str:
    return "  " + line if line else ""


def _flow(items: list[Any]) -> str:
    return f"[{', '.join(_scalar(item, _FLOW_PLAIN) for item in items)}]"


def _scalar(value: Scalar, is_plain: Callable[[str], object]) -> str:
    if isinstance(value, str):
        return _text(value, is_plain)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    written = repr(value)
    # Without a point, 1e+16 is text to YAML 1.1.
    return written if "." in written else written.replace("e", ".0e")


def _text(value: str, is_plain: Callable[[str], object]) -> str:
    if is_plain(value) and isinstance(resolve(value), str) and not legacy_meaning(value):
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes. Raises ValueError for lone surrogates."""
    if _SURROGATE(value):
        raise ValueError("YAML cannot hold half of a surrogate pair")
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
