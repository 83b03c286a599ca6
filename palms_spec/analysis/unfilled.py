"""Text that stands where someone was to write something and has not."""

from __future__ import annotations

import re

from palms_spec.analysis.words import folded_words

_MARKS = frozenset(
    ("todo", "tbd", "tba", "tbc", "fixme", "xxx", "na", "n a", "none", "unknown", "nobody", "placeholder", "your name")
)
_BRACKETED = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}")


def is_unfilled(text: str) -> bool:
    """Whether a short text is a mark for one to come: `TODO`, `tbd`, `n/a`, `<name>`, `...`, nothing."""
    words = folded_words(text)
    return not words or " ".join(words) in _MARKS or _BRACKETED.fullmatch(text.strip()) is not None
