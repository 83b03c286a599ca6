"""What a published text is known by, before it is read."""

from __future__ import annotations

import re

_HEADING = re.compile(rb"^ {0,3}#{1,6}[ \t][^\r\n]*\{:?[ \t]*#[^\s}]", re.MULTILINE)
_CONVERSATION = re.compile(rb"^[ \t]*<(?:system|developer|user|assistant)[ \t>]", re.MULTILINE)


def is_specification(data: bytes) -> bool:
    """Whether a text has a heading with an id, as published specifications do."""
    return b"{" in data and _HEADING.search(data) is not None


def is_published(data: bytes) -> bool:
    """Whether a text is worth reading as a published one: a specification, or prompts."""
    return is_specification(data) or (b"<" in data and _CONVERSATION.search(data) is not None)
