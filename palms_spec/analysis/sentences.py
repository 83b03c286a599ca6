"""Where sentences end: good enough to count them and to measure their length, not to analyze them.

A sentence ends at `.`, `!`, `?` or an ellipsis before white space (closing quotes and brackets go with it), at the full
stops of Chinese and Japanese, at a blank line and before the item of a list. It does not end after a title or another
common English abbreviation, after the initial of a name, at the number of a list item, or where what follows starts
with a small letter. After an abbreviation that may end a sentence (`etc.`, `p.m.`, `U.S.`) it does where a word that
often starts one follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS = _set(
    "dr mr mrs ms mx prof rev fr st gen col sgt capt lt sen rep gov hon jr sr messrs mme mlle "
    "e.g i.e eg ie cf viz vs v approx ca c no nos nr fig figs vol vols ch chap sec art p pp ed eds "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "dept univ assn bros mt ft ave blvd est min max incl excl resp"
)
_BEFORE_NUMBERS = _set("no nos nr fig figs vol vols ch chap sec art p pp")
_ALSO_WORDS = _set("c v est min max sat sun mar fig ed resp")
_MAY_END = _set("etc inc ltd co corp a.m p.m am pm ph.d m.d b.a m.a al")
_LETTERS = re.compile(r"(?:[a-z]\.)+[a-z]\Z")
_STARTERS = _set(
    "the a an it its this that these those there they their he his she her we our you your i my in on at if when while "
    "where as but and or so yet for however then after before what who why how do does is are no not some many most "
    "all"
)
_WIDE = "。！？｡"
_END = re.compile(rf"""[.!?…{_WIDE}\n][.!?…{_WIDE}"'”’»)\]*_」』）]*""")
_BREAK = re.compile(r"\n[ \t\r]*(?:\n|[-*•][ \t]|\d{1,3}[.)][ \t])")
_OPENING = "([\"'“‘«*_"
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[*_]*([^\W_]+)?")
_REACH = 24
"""Characters before a full stop in which its word is looked for."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed; what holds no letter or digit is none."""
    found, start = [], 0
    for end in (*sentence_ends(text), len(text)):
        piece = text[start:end].strip()
        if piece and (piece[0].isalnum() or any(map(str.isalnum, piece))):
            found.append(piece)
        start = end
    return found


def sentence_ends(text: str) -> Iterator[int]:
    """The places behind the sentences of a text, in order; that behind the last one may be left out."""
    for mark in _END.finditer(text):
        first, end = mark[0][0], mark.end()
        if first == "\n":
            if _BREAK.match(text, mark.start()):
                yield mark.start() + 1
        elif first in _WIDE or (text[end : end + 1].isspace() and _is_end(text, mark[0], mark.start(), end)):
            yield end


def _is_end(text: str, mark: str, start: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, end)
    word = (following[1] or "") if following else ""
    if word[:1].islower():
        return False
    if mark[0] != "." or mark.startswith("..") or not word:
        return True
    last = (text[max(0, start - _REACH) : start].split() or [""])[-1].lstrip(_OPENING)
    lowered = last.lower()
    if lowered in _ABBREVIATIONS:
        if lowered in _BEFORE_NUMBERS:
            return not word[0].isdigit()
        return lowered in _ALSO_WORDS and last.islower()
    if lowered in _MAY_END or _LETTERS.match(lowered):
        return word.lower() in _STARTERS
    if last.isdecimal():
        return bool(text[text.rfind("\n", 0, start) + 1 : start - len(last)].strip())
    return len(last) != 1 or not last.isupper() or last == "I"
