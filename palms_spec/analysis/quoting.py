"""Whether words are used or mentioned: text in quotation marks, in code and in block quotes is mentioned."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)", re.MULTILINE)
_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"), ("『", "』"), ("《", "》"))
_OPENING = "'‘‚`"


def is_mentioned(text: str, start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` stand in code, in a block quote or in quotation marks."""
    if len(_FENCE.findall(text, 0, start)) % 2:
        return True
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    before, behind = text[first:start], text[end : last if last >= 0 else len(text)]
    if before.rsplit("\n", 1)[-1].lstrip().startswith(">"):
        return True
    if before and before[-1] in _OPENING and not before[-2:-1].isalnum():
        return True
    if any(before.count(mark) % 2 and mark in behind for mark in '"`'):
        return True
    return any(before.rfind(opening) > before.rfind(closing) and closing in behind for opening, closing in _PAIRS)


def without_code(text: str) -> str:
    """A text whose code is blanked out, so that everything else stands where it stood."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


_CODE = re.compile(
    r"^[ ]{0,3}(?P<fence>```+|~~~+).*?(?:^[ ]{0,3}(?P=fence)|\Z)|(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
