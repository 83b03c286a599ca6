r"""Text that anyone may have written, made harmless: what is shown is what is there.

Control characters, terminal escapes, bidirectional overrides, line and paragraph separators, characters without a glyph
and halves of surrogate pairs are shown as escapes such as `\x1b` and `\u202e`.
"""

from __future__ import annotations

import json
import re
from typing import Any

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
# All of the categories Cc, Cf, Cs, Zl and Zp, but for the joiners that words and emoji are written with, and for the
# Arabic and Syriac marks that are drawn although they count as format characters.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)
# GitHub and Azure read `##[warning]...` and `##vso[...]` anywhere in a line of a log, TeamCity its own likewise.
_LOG_COMMAND = re.compile(r"(?<=#)#(?=\[|vso\[|teamcity\[)")
NO_WIDTH = "\u200b"


def visible(text: str) -> str:
    """The text with an escape in place of every character that a terminal would obey or not show. It is one line."""
    return text if text.isprintable() else _UNSAFE.sub(_escaped, text)


def is_safe(text: str) -> bool:
    """Whether a text may go to a terminal as it is."""
    return text.isprintable() or not _UNSAFE.search(text)


def json_text(value: Any) -> str:
    """A JSON value on one line, in ASCII: safe to look at, and the same bytes whatever the encoding of the output."""
    text = json.dumps(value, ensure_ascii=True, separators=(", ", ": ")).replace("\x7f", "\\u007f")
    return _LOG_COMMAND.sub(r"\\u0023", text) if "##" in text else text


def without_commands(line: str) -> str:
    """A line that looks the same and holds no command that the log of a CI job would obey."""
    if "##" in line:
        line = _LOG_COMMAND.sub(NO_WIDTH + "#", line)
    return NO_WIDTH + line if line.lstrip().startswith("::") else line


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
