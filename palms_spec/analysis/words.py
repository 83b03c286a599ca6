"""Words, as word processors count them and as texts are compared.

A word is a run of characters between white space that holds a letter or a digit. Runs of scripts that are written
without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) are cut by the rules of UAX 29 instead. A *folded*
word is a word in lower case without its punctuation; there are exactly as many folded words as words.
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
    text = text.lower()
    dropped, has_marks = [], False
    for character in set(text):
        kind = _kinds.get(character) or _learn(character)
        if kind == _UNSPACED:
            return _cut(text)
        if kind == _DROPPED:
            dropped.append(character)
        elif kind == _MARK:
            has_marks = True
    for character in dropped:
        text = text.replace(character, "")
    words = text.split()
    return [word for word in words if _is_word(word)] if has_marks else words


def _is_word(folded: str) -> bool:
    return folded.isalnum() or any(map(str.isalnum, folded))


_KEPT, _DROPPED, _UNSPACED, _MARK = 1, 2, 3, 4
_kinds: dict[str, int] = {}


def _learn(character: str) -> int:
    """What becomes of a character. Texts use few different ones, so each is asked about once."""
    import unicodedata

    if character.isspace():
        kind = _KEPT
    elif unicodedata.category(character).startswith("M"):
        kind = _MARK
    elif not character.isalnum():
        kind = _DROPPED
    else:
        kind = _UNSPACED if not character.isascii() and _unspaced().match(character) else _KEPT
    _kinds[character] = kind
    return kind


def _cut(text: str) -> list[str]:
    """Words of a text, in lower case, with letters of scripts that are written without spaces."""
    words: list[str] = []
    for run in text.split():
        for piece in _pieces().findall(run) if _unspaced().search(run) else (run,):
            folded = "".join(character for character in piece if _learn(character) != _DROPPED)
            if _is_word(folded):
                words.append(folded)
    return words


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
