from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.pack_checks import Presence
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.packs.checking import Checker, Hit
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.wording import WordList


def checker(check: Presence) -> Checker:
    """One of the words, or each of them, is in the text; without words, the field holds something."""
    if not check.words:
        return Checker(_field, "{field} is missing", "add it")
    words = WordList(tuple(check.words), check)

    def find(value: Value) -> Iterator[Hit]:
        if value.text is None:
            return
        there = {number for _, _, number in words.find(value.text)}
        missing = [word for number, word in enumerate(check.words) if number not in there]
        if missing and (check.need == "all" or not there):
            yield Hit(words={"words": listed([f"“{word}”" for word in missing])})

    all_needed = check.need == "all" or len(check.words) == 1
    message = "the text lacks {words}" if all_needed else "the text has none of {words}"
    return Checker(find, message, "say it")


def _field(value: Value) -> Iterator[Hit]:
    if value.is_missing:
        yield Hit()
