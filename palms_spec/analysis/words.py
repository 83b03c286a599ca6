"""Words, as word processors count them and as texts are compared.

A word is a run of characters between white space that holds a letter or a digit. Runs of scripts that are written without
spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) are cut by the rules of UAX 29 instead. A *folded* word is a
word in lower case without its punctuation; there are exactly as many folded words as words.
"""

from __future__ import annotations

import string
from functools import cache
from typing import Any

_ASCII_FOLD = bytearray(bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode()))
for _separator in range(0x1C, 0x20):  # str.split takes these for white space, bytes.split does not
    _ASCII_FOLD[_separator] = 0x20
_FOLD_TABLE = bytes(_ASCII_FOLD)
_ASCII_OTHER = bytes(
    code for code in range(128) if not chr(code).isalnum() and not chr(code).isspace() and not 0x1C <= code < 0x20
)


def folded_words(text: str) -> list[str]:
    """The words of a text, in order: lower case, letters, digits and marks only."""
    if text.isascii():
        return text.encode().translate(_FOLD_TABLE, _ASCII_OTHER).decode().split()
    pattern = _unspaced()
    words: list[str] = []
    for run in text.split():
        if run.isascii() or not pattern.search(run):
            _append(words, run)
        else:
            for piece in _pieces().findall(run):
                _append(words, piece)
    return words


def _append(words: list[str], run: str) -> None:
    folded = run.lower()
    if not folded.isalnum():
        if not any(character.isalnum() for character in folded):
            return
        folded = "".join(character for character in folded if character.isalnum() or _is_mark(character))
    words.append(folded)


def _is_mark(character: str) -> bool:
    import unicodedata

    return character > "\x7f" and unicodedata.category(character).startswith("M")


@cache
def _unspaced() -> Any:
    """A letter of a script that is written without spaces. The class is what `regex` knows and `re` does not."""
    import regex

    return regex.compile(r"[\p{Script=Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@cache
def _pieces() -> Any:
    """What stands between two word boundaries of UAX 29."""
    import regex

    return regex.compile(r"\b\w.*?\b|\w", regex.WORD | regex.V1)


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(folded_words(text))
