r"""A conversation as data for a model: it cannot end where it stands, and nothing in it looks like anything but text.

It is JSON between two marks with the conversation's own hash in them, which nobody can write into the conversation.
Inside strings, everything that servers, templates and models may take for more than text is escaped: `<` and `[`,
which special tokens such as `<|im_end|>` and `[INST]` are made of, and characters without a glyph.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from palms_spec.documents.identity import sample_hash
from palms_spec.documents.sample import Turn

JOINERS = "\u200c\u200d"
"""Without a glyph too, and words and emoji are written with them."""
_SPECIAL = re.compile(r"[<>\[\]]")


def mark(turns: Iterable[Turn]) -> str:
    """The word that the marks around a conversation are made of."""
    return f"conversation-{sample_hash(turns)[:32]}"


def enclosed(turns: Sequence[Turn]) -> str:
    """A conversation between its marks, a line a turn."""
    lines = ",\n".join(f'{{"role": {quoted(turn.role)}, "content": {quoted(turn.content)}}}' for turn in turns)
    word = mark(turns)
    return f"<{word}>\n[\n{lines}\n]\n</{word}>"


def quoted(text: str) -> str:
    """A JSON string of this text, on one line, that holds no special character."""
    written = _SPECIAL.sub(_escape, json.dumps(text, ensure_ascii=False))
    if written.isprintable():
        return written
    return "".join(map(_visible, written))


def _visible(character: str) -> str:
    if character.isprintable() or character in JOINERS or unicodedata.category(character) == "Zs":
        return character
    return "".join(f"\\u{unit:04x}" for unit in _units(character))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _units(character: str) -> tuple[int, ...]:
    """The UTF-16 code units of a character, which is how JSON escapes one."""
    code = ord(character)
    if code < 0x10000:
        return (code,)
    return 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)
