"""Characters that show nothing: where they stand without doing what they are for.

Many writing systems need some of them. Joiners shape Arabic, Persian and the scripts of India, join emoji, and are left
alone there, as are variation selectors behind what has variants, zero width spaces in scripts that are written without
spaces, direction marks in text that runs from right to left, and the tags of a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from palms_spec.analysis.direction import CLOSING, IDLE_FROM_LEFT, idle_marks
from palms_spec.analysis.quoting import without_code

CHARACTERS = (
    frozenset("\u00ad\u034f\u115f\u1160\u200b\u200c\u200d\u2028\u2029\u2800\u3164\ufeff\uffa0")
    | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0x2060, 0x2066), *range(0x206A, 0x2070))))
    | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE1000))))
    | IDLE_FROM_LEFT
    | CLOSING
)
_SIMPLE = ("Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Han", "Hiragana", "Katakana", "Bopomofo", "Hangul")
_SIMPLE_SETS = "".join(rf"\p{{Script={name}}}" for name in (*_SIMPLE, "Common", "Inherited"))
_COMPLEX = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_SIMPLE_SETS}]]"
_PICTURE = r"\p{Extended_Pictographic}"
_JAMO = r"[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]"
_FLAG = r"\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_IDLE = (
    r"[\u00ad\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]",
    r"(?<!\p{M})\u034f(?!\p{M})",
    rf"(?<!{_JAMO})[\u115f\u1160](?!{_JAMO})",
    r"(?<!\p{Script=Mongolian})[\u180b-\u180f](?!\p{Script=Mongolian})",
    r"(?<![\u2800-\u28ff])\u2800(?![\u2800-\u28ff])",
    rf"(?<!{_COMPLEX}\p{{M}}*)[\u200b\u200c](?!{_COMPLEX})",
    rf"(?<!{_COMPLEX}\p{{M}}*)(?<![{_PICTURE}\p{{Emoji_Modifier}}\ufe0f])\u200d(?!{_COMPLEX})",
    rf"(?<=[{_PICTURE}\p{{Emoji_Modifier}}\ufe0f])\u200d(?!{_PICTURE}|{_COMPLEX})",
    r"(?<![0-9#*]|[[\p{Emoji}\p{S}\p{N}\p{Lo}\p{P}]--[\x00-\x7f]])[\ufe00-\ufe0f]",
    r"(?<!\p{Script=Han})[\U000e0100-\U000e01ef]",
)
_CANDIDATE = re.compile(
    rf"(?P<flag>{_FLAG})|[\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


@cache
def _pattern() -> Any:
    """Runs of idle characters. The properties are what `regex` knows and `re` does not."""
    import regex

    return regex.compile(f"(?:{'|'.join(_IDLE)})+", regex.V1)


def idle_places(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of invisible characters that do nothing for what is around them, in order."""
    places: list[tuple[int, int]] = []
    at = 0
    for candidate in _CANDIDATE.finditer(text):
        # Matching at candidates alone takes a hundredth of the time of searching.
        if candidate.start() >= at and not candidate["flag"] and (found := _pattern().match(text, candidate.start())):
            places.append(found.span())
            at = found.end()
    marks = idle_marks(text)
    return sorted(places + marks) if marks else places


BREAKS = frozenset("\u2028\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HARMLESS = frozenset("\u00ad\u200b\u2060\ufeff")
_BEFORE, _BEHIND = frozenset(" .,;:!?)’”'\""), frozenset(" \n.,;:!?)’”'\"")


def without(text: str, start: int, end: int) -> str:
    """What an idle run gives way to: a space, if it is one of blank letters that keep two words apart; else nothing."""
    around = text[start - 1 : start].strip() and text[end : end + 1].strip()
    return " " if around and not _BLANK_LETTERS.isdisjoint(text[start:end]) else ""


def is_harmless(text: str, places: Iterable[tuple[int, int]]) -> bool:
    """Whether nothing that is seen changes when idle runs are taken out, and nothing that Markdown makes of the text.

    So it is with soft hyphens, zero width spaces, word joiners and byte order marks that stand among letters, digits,
    blanks and marks of punctuation, and not in code.
    """
    prose = without_code(text)
    return all(_is_harmless(text, start, end) and prose[start:end] == text[start:end] for start, end in places)


def _is_harmless(text: str, start: int, end: int) -> bool:
    if not _HARMLESS.issuperset(text[start:end]):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    behind = text[end : end + 1]
    if not line:
        return behind.isalpha()
    before = line[-1]
    if not line.strip() or (before == " " and behind in ("", "\n")) or (line.isdigit() and not behind.isalnum()):
        return False
    return (before.isalnum() or before in _BEFORE) and (not behind or behind.isalnum() or behind in _BEHIND)


def hidden_text(text: str) -> str:
    """The ASCII text that the tag characters of a text spell."""
    return "".join(chr(ord(character) - 0xE0000) for character in text if "\U000e0020" <= character <= "\U000e007e")
