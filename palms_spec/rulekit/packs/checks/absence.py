from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.quoting import is_mentioned
from palms_spec.documents.pack_checks import Absence
from palms_spec.rulekit.packs.checking import Checker, Hit, distinct, times
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.wording import WordList


def checker(check: Absence) -> Checker:
    """None of the words is in the text; without words, the field is not set."""
    if not check.words:
        return Checker(_field, "{field} is set", "take it out")
    words = WordList(tuple(check.words), check)

    def find(value: Value) -> Iterator[Hit]:
        text = value.text or ""
        places = [
            (start, end)
            for start, end, _ in words.find(text)
            if not (check.unless_quoted and is_mentioned(text, start, end))
        ]
        for found, same in distinct(text, places):
            yield Hit(*same[0], {"found": found, "count": str(len(same)), "times": times(len(same))})

    return Checker(find, "“{found}” is in the text{times}", "take it out, or say it otherwise", words.trigger)


def _field(value: Value) -> Iterator[Hit]:
    if not value.is_missing:
        yield Hit()
