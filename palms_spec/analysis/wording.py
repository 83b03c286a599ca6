"""How alike the wordings of questions are, for a few questions that many texts are compared with.

The likeness is Jaccard's over words, each counted once with its weight: what both share over what either has, 0 to 1.
Order does not matter. In English the words that any question has weigh less, so that "How should I respond to a
threat?" is not like "How should I respond to a compliment?"; in other languages all words weigh the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from palms_spec.analysis.function_words import weight_of


def _equal_weight(word: str) -> float:
    return 1.0


class Wordings:
    """Wordings, each a list of folded words, that are at least `threshold` like others when `candidates` names them."""

    __slots__ = ("_needed", "_postings", "_weight", "words")

    def __init__(self, wordings: Iterable[Sequence[str]], *, language: str, threshold: float) -> None:
        self._weight: Callable[[str], float] = weight_of if language.partition("-")[0] == "en" else _equal_weight
        self.words = [frozenset(words) for words in wordings]
        self._postings: dict[str, list[int]] = {}
        self._needed: list[float] = []
        for number, words in enumerate(self.words):
            # Likeness t asks for shared weight t * W, of which the light words cannot give more than they all weigh.
            total = self._total(words)
            heavy = [word for word in words if self._weight(word) == 1]
            needed = threshold * total - (total - len(heavy))
            for word in heavy if needed > 0 else words:
                self._postings.setdefault(word, []).append(number)
            self._needed.append(needed - 1e-9)

    def candidates(self, words: Iterable[str]) -> list[int]:
        """The numbers of the wordings that a text with these words may be like, in part or as a whole."""
        postings, needed = self._postings, self._needed
        shared: Counter[int] = Counter()
        for word in postings.keys() & words:
            shared.update(postings[word])
        return sorted(number for number, count in shared.items() if count >= needed[number])

    def likeness(self, number: int, words: Iterable[str]) -> float:
        """How alike a wording and other words are."""
        own, others = self.words[number], frozenset(words)
        return self._total(own & others) / (self._total(own | others) or 1)

    def _total(self, words: Iterable[str]) -> float:
        return sum(map(self._weight, words))
