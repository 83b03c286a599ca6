"""Words and phrases looked for in a text, each as a whole, with any white space between its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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
        found = [
            (match.start(), match.end(), number)
            for number in self._candidates(text)
            for match in self._patterns[number].finditer(text)
            if self._is_placed(text, match)
        ]
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

    def _is_placed(self, text: str, match: re.Match[str]) -> bool:
        if self.wording.at == "start":
            return not any(map(str.isalnum, text[: match.start()]))
        if self.wording.at == "end":
            return not any(map(str.isalnum, text[match.end() :]))
        return True

    @cached_property
    def _literals(self) -> list[str]:
        """Of each word the longest part that stands in a text as it is."""
        return [max(_PARTS.split(word.strip()), key=len) or word.strip() for word in self.words]

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        flags = re.IGNORECASE if self.wording.case == "fold" else 0
        return [re.compile(_expression(word, inside=self.wording.inside_words), flags) for word in self.words]

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


def _expression(word: str, *, inside: bool) -> str:
    word = word.strip()
    parts = [_APOSTROPHE.sub("['’]", re.escape(part)) for part in word.split()]
    expression = r"\s+".join(parts)
    if inside:
        return expression
    before = _BEFORE if re.match(r"\w", word) else ""
    after = _AFTER if re.search(r"\w\Z", word) else ""
    return before + expression + after
