"""One sample with the features its rules share, each computed once and only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palms_spec.analysis.words import folded_words
from palms_spec.documents.context import SampleContext
from palms_spec.documents.document import Defect

if TYPE_CHECKING:
    from palms_spec.documents.sample import Sample


class SampleFacts:
    """A sample, what its dataset says about it, and its features.

    `text` holds all turns, rejected ones included, joined by line feeds; `lowered` is the same in lower case. Words are
    those of the conversation that is to be learned.
    """

    __slots__ = (
        "_characters",
        "_lowered",
        "_normalized",
        "_text",
        "_turn_words",
        "_words",
        "context",
        "defects",
        "sample",
    )

    def __init__(self, sample: Sample, context: SampleContext, defects: list[Defect] | None = None) -> None:
        self.sample = sample
        self.context = context
        self.defects = defects or []
        self._text: str | None = None
        self._lowered: str | None = None
        self._turn_words: list[list[str]] | None = None
        self._words: list[str] | None = None
        self._normalized: list[str] | None = None
        self._characters: frozenset[str] | None = None

    @property
    def text(self) -> str:
        text = self._text
        if text is None:
            sample = self.sample
            turns = [*sample.turns, *sample.rejected] if sample.rejected else sample.turns
            text = self._text = "\n".join([turn.content for turn in turns])
        return text

    @property
    def characters(self) -> frozenset[str]:
        """The different characters of `text`."""
        characters = self._characters
        if characters is None:
            characters = self._characters = frozenset(self.text)
        return characters

    @property
    def lowered(self) -> str:
        lowered = self._lowered
        if lowered is None:
            lowered = self._lowered = self.text.lower()
        return lowered

    @property
    def turn_words(self) -> list[list[str]]:
        """The folded words of every turn."""
        found = self._turn_words
        if found is None:
            found = self._turn_words = [folded_words(turn.content) for turn in self.sample.turns]
        return found

    @property
    def words(self) -> list[str]:
        words = self._words
        if words is None:
            words = self._words = [word for turn in self.turn_words for word in turn]
        return words

    @property
    def counted_words(self) -> int:
        """Words of the sample, or of its answer, as the dataset's `length.count` asks."""
        if self.context.counted == "answer":
            return len(self.turn_words[-1]) if self.sample.answer else 0
        return len(self.words)

    @property
    def normalized(self) -> list[str]:
        """Every turn as `normalized_turn` writes it."""
        found = self._normalized
        if found is None:
            found = self._normalized = [normalized_turn(turn.role, turn.content) for turn in self.sample.turns]
        return found


_NO_BREAK = bytes(code for code in range(128) if not chr(code).isspace() or code == 0x20)


def normalized_turn(role: str, text: str) -> str:
    """Role and text, with characters composed (NFC), ends trimmed and runs of white space made one space."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFC", text)
    elif "  " not in text and not text.encode().translate(None, _NO_BREAK) and text == text.strip(" "):
        return role + " " + text  # it is so already, which is quicker to see than to bring about
    return role + " " + " ".join(text.split())
