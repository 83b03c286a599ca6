"""Words and phrases looked for in a text, each as a whole, with any white space between its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from palms_spec.analysis.phrases import PhraseFinder
from palms_spec.documents.pack_checks import Wording
from palms_spec.rulekit.packs.literals import RARE, trigger_of
from palms_spec.rulekit.rule import Trigger

_PARTS = re.compile(r"\s+|['’]")
_APOSTROPHE = re.compile("['’]")
# A word goes on behind an apostrophe (can't), but not where that makes a possessive (Google's).
_BEFORE = r"(?<!\w)(?<!\w['’])"
_AFTER = r"(?!\w|['’](?!s\b)\w)"


@dataclass(frozen=True)
class WordList:
    """Words and phrases with the way in which they are looked for."""

    words: tuple[str, ...]
    wording: Wording

    @property
    def trigger(self) -> Trigger:
        """Where one of them can be found."""
        return trigger_of(self._literals, fold=self.wording.case == "fold")

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of every word that is found, in order of place; a longer one hides what it covers."""
        matches = self._at_start(text) if self.wording.at == "start" else self._anywhere(text)
        found = [(match.start(), match.end(), number) for number, match in matches]
        last = 0
        for start, end, number in sorted(found, key=lambda one: (one[0], -one[1])):
            if start >= last:
                yield start, end, number
                last = end

    def _candidates(self, text: str) -> Sequence[int]:
        """The numbers of the words that may stand in a text."""
        lowered = text.lower()
        if self._finder is None or (self.wording.case == "fold" and not RARE.isdisjoint(text)):
            return range(len(self.words))
        return sorted({*self._unsure, *(self._sure[index] for index in self._finder.present(lowered))})

    def _anywhere(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        at_end = self.wording.at == "end"
        for number in self._candidates(text):
            for match in self._pattern(number).finditer(text):
                if not (at_end and any(map(str.isalnum, text[match.end() :]))):
                    yield number, match

    def _at_start(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """What begins with the first letter or digit, or with a mark before it."""
        first = next((at for at, character in enumerate(text) if character.isalnum()), len(text))
        for number, word in enumerate(self.words):
            sign = word.strip()[0]
            places = [first] if sign.isalnum() else [at for at in range(first) if text[at] == sign]
            yield from ((number, match) for at in places if (match := self._pattern(number).match(text, at)))

    @cached_property
    def _literals(self) -> list[str]:
        """Of each word the longest part that stands in a text as it is."""
        return [max(_PARTS.split(word.strip()), key=len) or word.strip() for word in self.words]

    def _pattern(self, number: int) -> re.Pattern[str]:
        return _compiled(self.words[number], self.wording.inside_words, self.wording.case == "fold")

    @cached_property
    def _sure(self) -> list[int]:
        """The numbers of the words whose literal can be looked for in lowered text."""
        return [number for number, literal in enumerate(self._literals) if literal.isascii()]

    @cached_property
    def _unsure(self) -> list[int]:
        return [number for number, literal in enumerate(self._literals) if not literal.isascii()]

    @cached_property
    def _finder(self) -> PhraseFinder | None:
        return PhraseFinder([self._literals[number].lower() for number in self._sure]) if self._sure else None


@cache
def _compiled(word: str, inside: bool, fold: bool) -> re.Pattern[str]:
    """Made when the word is first worth looking for: of a long list few ever are."""
    return re.compile(_expression(word.strip(), inside=inside), re.IGNORECASE if fold else 0)


def _expression(word: str, *, inside: bool) -> str:
    """An apostrophe is found in either form, save where it is all that is looked for."""
    if _APOSTROPHE.fullmatch(word):
        return word
    parts = [_APOSTROPHE.sub("['’]", re.escape(part)) for part in word.split()]
    expression = r"\s+".join(parts)
    if inside:
        return expression
    before = _BEFORE if re.match(r"\w", word) else ""
    after = _AFTER if re.search(r"\w\Z", word) else ""
    return before + expression + after
