from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.nlp import TokenMatcher
from palms_spec.documents.pack_checks import Tokens
from palms_spec.rulekit.packs.checking import Checker, Hit, distinct, times
from palms_spec.rulekit.packs.values import Value


def checker(check: Tokens) -> Checker:
    """None of the patterns over spaCy's tokens is in the text."""
    matcher = TokenMatcher(check.patterns)

    def find(value: Value) -> Iterator[Hit]:
        for found, same in distinct(value.text or "", matcher.find(value.text or "")):
            yield Hit(*same[0], {"found": found, "count": str(len(same)), "times": times(len(same))})

    return Checker(find, "“{found}” is in the text{times}", "say it otherwise")
