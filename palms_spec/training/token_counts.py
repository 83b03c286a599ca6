"""Tokens of rows: counted while there are not too many of them, else estimated, and it is said which."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.analysis.tokens import CHARACTERS_PER_TOKEN, estimated_tokens, tokenizer

COUNTED_CHARACTERS = 5_000_000
"""Counting these takes about a second. What comes after them is estimated by their ratio of tokens to characters."""
FALLBACK = "o200k_base"
"""Where a target's own tokenizer is not to be had, this one is nearer to it than characters by four."""


class TokenCounter:
    """Counts the tokens of texts for an encoding; "" is one that is not known.

    `by` says how; `exact`, whether it is the target's own tokenizer and every text went through it.
    """

    def __init__(self, encoding: str) -> None:
        self._tokenizer = tokenizer(encoding or FALLBACK)
        self._known = bool(encoding)
        self._characters = 0
        self._tokens = 0
        self._estimated = False

    def count(self, texts: list[str]) -> int:
        """The tokens of texts, each by itself and without the marks of a chat template."""
        characters = sum(map(len, texts))
        if self._tokenizer is None:
            return estimated_tokens(characters)
        if self._characters < COUNTED_CHARACTERS:
            tokens = sum(map(self._tokenizer.count, texts))
            self._characters += characters
            self._tokens += tokens
            return tokens
        self._estimated = True
        return round(characters * self._tokens / self._characters)

    @property
    def exact(self) -> bool:
        return self._known and self._tokenizer is not None and not self._estimated

    @property
    def by(self) -> str:
        if self._tokenizer is None:
            return f"characters / {CHARACTERS_PER_TOKEN}"
        rest = f"; beyond {COUNTED_CHARACTERS:,} characters by ratio" if self._estimated else ""
        return self._tokenizer.name + rest


@dataclass(slots=True)
class TokenTally:
    """Tokens of the rows of one split. `over` counts the rows above the limit."""

    total: int = 0
    longest: int = 0
    over: int = 0

    def add(self, tokens: int, limit: int | None) -> None:
        """Add a row."""
        self.total += tokens
        if tokens > self.longest:
            self.longest = tokens
        if limit is not None and tokens > limit:
            self.over += 1
