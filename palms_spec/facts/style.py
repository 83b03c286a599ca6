"""How the samples of a dataset are written, as histograms whose length does not grow with the samples.

One value a sample, so that the values do not depend on each other as the sentences of one text do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palms_spec.facts.sample import SampleFacts

MOST_WORDS = 2000
STEPS = 4
"""Steps of one in `sentence_lengths` and `readability`."""
_LONGEST_SENTENCE = 200
_HARDEST, _EASIEST = 100, -30


@dataclass(slots=True)
class Style:
    """How many samples have which words in all turns, which mean words a sentence, and which readability.

    The last two are those of the answers, and count in quarters (`STEPS`); extreme values are counted at the bounds.
    """

    lengths: Counter[int] = field(default_factory=Counter)
    sentence_lengths: Counter[int] = field(default_factory=Counter)
    readability: Counter[int] = field(default_factory=Counter)

    def add(self, facts: SampleFacts) -> None:
        """Count one sample."""
        # Imported here, as most runs only merge what was counted before.
        from palms_spec.analysis.readability import automated_readability
        from palms_spec.analysis.sentences import sentences
        from palms_spec.documents.sample import ASSISTANT

        self.lengths[min(len(facts.words), MOST_WORDS)] += 1
        words = characters = count = 0
        for turn, turn_words in zip(facts.sample.turns, facts.turn_words, strict=True):
            if turn.role == ASSISTANT and turn_words:
                words += len(turn_words)
                characters += sum(map(len, turn_words))
                count += len(sentences(turn.content))
        if count:
            self.sentence_lengths[min(round(STEPS * words / count), STEPS * _LONGEST_SENTENCE)] += 1
            index = min(max(automated_readability(characters, words, count), _EASIEST), _HARDEST)
            self.readability[round(STEPS * index)] += 1

    def merge(self, other: Style) -> None:
        """Add the style of other samples."""
        self.lengths.update(other.lengths)
        self.sentence_lengths.update(other.sentence_lengths)
        self.readability.update(other.readability)

    def as_json(self) -> list[Any]:
        """JSON values that `from_json` reads back."""
        return [sorted(counts.items()) for counts in (self.lengths, self.sentence_lengths, self.readability)]

    @classmethod
    def from_json(cls, value: list[Any]) -> Style:
        """What `as_json` wrote."""
        return cls(*(Counter(dict(map(tuple, counts))) for counts in value))
