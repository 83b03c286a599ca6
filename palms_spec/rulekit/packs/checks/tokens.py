from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.pack_checks import Tokens
from palms_spec.rulekit.packs.checking import Checker, Hit, distinct, times
from palms_spec.rulekit.packs.values import Value


def checker(check: Tokens) -> Checker:
    """None of the patterns over spaCy's tokens is in the text."""

    def find(value: Value) -> Iterator[Hit]:
        if not value.text:
            return
        from palms_spec.analysis.nlp import token_matches

        places = token_matches(check.patterns, value.text)
        for found, same in distinct(value.text, places):
            yield Hit(*same[0], {"found": found, "count": str(len(same)), "times": times(len(same))})

    return Checker(find, "“{found}” is in the text{times}", "say it otherwise")
