"""From a new part of a value to the characters that have to be written for it, and back."""

from __future__ import annotations

import json
import re

from palms_spec.sources.node import ScalarNode
from palms_spec.sources.offsets import verbatim_span
from palms_spec.sources.yaml_errors import is_allowed
from palms_spec.sources.yaml_scalars import legacy_meaning, resolve
from palms_spec.sources.yaml_writing import quoted

Written = tuple[int, int, str]
"""Start and end in a text, and what is written there instead."""

_BLANKS = " \t"
_BREAK = re.compile("[\r\n\x85\u2028\u2029]").search
_SURROGATE = re.compile("[\ud800-\udfff]").search
_NOT_PLAIN = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|:\s|:$|\s#|\s$").search
_FLOW_SIGN = re.compile(r"[,\[\]{}]").search


def rewritten(
    text: str, node: ScalarNode, start: int, end: int, new: str, *, is_markdown: bool = False
) -> Written | None:
    """How a text is to be edited so that `new` takes the place of the part from `start` to `end` of a scalar's value.

    None where the part does not stand there as it is, or where `new` could not stand there. `is_markdown`: the scalar
    is question or answer of a Markdown sample, and so is taken as it stands.
    """
    value = node.value
    span = verbatim_span(text, node, start, end)
    if span is None or not isinstance(value, str) or _SURROGATE(new):
        return None
    first, last = span
    if is_markdown:
        return (first, last, new)
    if node.style == "json":
        return first, last, json.dumps(new, ensure_ascii=False)[1:-1]
    if node.style == "double":
        return (first, last, quoted(new)[1:-1]) if _keeps_edges(text, node, first, last, new) else None
    if _BREAK(new) or not is_allowed(new) or not _keeps_edges(text, node, first, last, new):
        return None
    if node.style == "single":
        return first, last, new.replace("'", "''")
    if node.style in ("literal", "folded") and start == end:
        return None  # it may have no line to stand in
    if node.style == "plain" and not _is_plain(value[:start] + new + value[end:], new):
        return None
    return first, last, new


def requoted(text: str, node: ScalarNode) -> Written | None:
    """How an unquoted scalar of YAML is to be edited so that its value stands in quotes; None where it has quotes, or
    means something else than text."""
    value = node.value
    if node.style != "plain" or not isinstance(value, str) or text[node.start : node.end] != value or _BREAK(value):
        return None
    return node.start, node.end, quoted(value)


def _is_plain(value: str, new: str) -> bool:
    """Whether a value may stand without quotes, if only `new` is new in it."""
    return not (
        _NOT_PLAIN(value)
        or _FLOW_SIGN(new)
        or not isinstance(resolve(value), str)
        or legacy_meaning(value)
        or value in ("---", "...")
    )


def _keeps_edges(text: str, node: ScalarNode, start: int, end: int, new: str) -> bool:
    """Whether an edit leaves blanks at the edges of a line as they are, where indentation or folds hang on them."""
    if not _BREAK(text[node.start : node.end]):
        return True
    line_start = start - len(_last_line(text[node.start : start]))
    found = _BREAK(text[end : node.end])
    before, after = text[line_start:start], text[end : end + found.start() if found else node.end]
    old, edited = before + text[start:end] + after, before + new + after
    if not edited.strip(_BLANKS) or _indentation(old) != _indentation(edited):
        return False
    return node.style == "literal" or _indentation(old[::-1]) == _indentation(edited[::-1])


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(_BLANKS))


def _last_line(text: str) -> str:
    return re.split("[\r\n\x85\u2028\u2029]", text)[-1]
