from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.pack_checks import Count
from palms_spec.rulekit.packs.checking import Checker, Hit
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.wording import WordList


def checker(check: Count) -> Checker:
    """How often one of the words is in the text."""
    words = WordList(tuple(check.words), check)

    def find(value: Value) -> Iterator[Hit]:
        if value.text is None:
            return
        found = [(start, end) for start, end, _ in words.find(value.text)]
        said = {"count": str(len(found)), "min": str(check.min), "max": str(check.max)}
        if check.max is not None and len(found) > check.max:
            start, end = found[check.max]
            seen = value.text[start:end]
            yield Hit(start, end, {"what": f"“{seen}” is one too many: {len(found)}, at most {check.max}", **said})
        elif len(found) < check.min:
            yield Hit(words={"what": f"found {len(found)} times, at least {check.min} are asked for", **said})

    return Checker(find, "{what}", "", words.trigger if check.min == 0 else None)
