from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.quoting import is_mentioned
from palms_spec.documents.pack_checks import Swap
from palms_spec.rulekit.packs.checking import Checker, Hit, times
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.wording import WordList


def checker(check: Swap) -> Checker:
    """Words that give way to others: one finding a word and text, and all its places are mended together."""
    words = WordList(tuple(check.swap), check)
    suggestions = list(check.swap.values())

    def find(value: Value) -> Iterator[Hit]:
        text = value.text or ""
        places: dict[int, list[tuple[int, int]]] = {}
        for start, end, number in words.find(text):
            if not (check.unless_quoted and is_mentioned(text, start, end)):
                places.setdefault(number, []).append((start, end))
        for number, same in places.items():
            start, end = same[0]
            said = {
                "found": " ".join(text[start:end].split()),
                "suggestion": cased(suggestions[number], text[start:end], fold=check.case == "fold"),
                "count": str(len(same)),
                "times": times(len(same)),
            }
            replacements = [
                (first, last, cased(suggestions[number], text[first:last], fold=check.case == "fold"))
                for first, last in same
            ]
            yield Hit(start, end, said, tuple(replacements))

    hint = "write “{suggestion}”"
    return Checker(find, "“{found}” is in the text{times}", hint, words.trigger)


def cased(suggestion: str, found: str, *, fold: bool) -> str:
    """A suggestion in capitals where what it replaces is, or with a capital where that begins with one.

    One that is not written in small letters itself stays as it is.
    """
    if not fold or suggestion != suggestion.lower():
        return suggestion
    letters = [character for character in found if character.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return suggestion.upper()
    return suggestion[:1].upper() + suggestion[1:] if letters and letters[0].isupper() else suggestion
