from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.nlp import Pattern, TokenMatcher
from palms_spec.documents.pack_checks import Tokens
from palms_spec.rulekit.packs.checking import Checker, Hit, distinct, times
from palms_spec.rulekit.packs.literals import trigger_of
from palms_spec.rulekit.packs.values import Value

LITERAL_KEYS = ("LOWER", "TEXT", "ORTH")
OPTIONAL = ("?", "*", "!")


def checker(check: Tokens) -> Checker:
    """None of the patterns over spaCy's tokens is in the text."""
    matcher = TokenMatcher(check.patterns)

    def find(value: Value) -> Iterator[Hit]:
        for found, same in distinct(value.text or "", matcher.find(value.text or "")):
            yield Hit(*same[0], {"found": found, "count": str(len(same)), "times": times(len(same))})

    literals = [literal for pattern in check.patterns if (literal := _literal(pattern))]
    trigger = trigger_of(literals, fold=True) if len(literals) == len(check.patterns) else None
    return Checker(find, "“{found}” is in the text{times}", "say it otherwise", trigger)


def _literal(pattern: Pattern) -> str:
    """The longest text that stands in every match of a pattern; "" if none is known."""
    texts = [
        text
        for token in pattern
        if token.get("OP", "1") not in OPTIONAL and not str(token.get("OP", "")).startswith("{")
        for name, text in token.items()
        if name.upper() in LITERAL_KEYS and isinstance(text, str)
    ]
    return max(texts, key=len, default="")
