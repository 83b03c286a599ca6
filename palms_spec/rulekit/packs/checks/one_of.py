from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.pack_checks import OneOf
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.packs.checking import Checker, Hit
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.writing import shortened, written


def checker(check: OneOf) -> Checker:
    """The value is one of a few. What is missing, or holds several values, is passed over."""
    known = {written(value) for value in check.values}
    names = [written(value) for value in check.values]

    def find(value: Value) -> Iterator[Hit]:
        if value.value is None or isinstance(value.value, list | dict):
            return
        found = written(value.value)
        if found not in known:
            near = did_you_mean(found, known)
            hint = near or f"there is {listed(names)}"
            yield Hit(words={"value": shortened(found), "values": listed(names), "what": hint})

    return Checker(find, "{field} is {value}", "{what}")
