from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.quoting import is_mentioned
from palms_spec.documents.pack_checks import Pattern
from palms_spec.documents.patterns import compile_pattern
from palms_spec.rulekit.packs.checking import Checker, Hit, distinct, times
from palms_spec.rulekit.packs.literals import literals_in, trigger_of
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.writing import shortened

_FOLDS = re.compile(r"\(\?[a-zA-Z]*i").search
"""Whether a part of a pattern ignores case."""


def checker(check: Pattern) -> Checker:
    """Nothing in the text matches what is forbidden, and something matches what is required."""
    fold = check.case == "fold"
    forbidden = [compile_pattern(text, fold=fold) for text in check.forbid]
    required = [compile_pattern(text, fold=fold) for text in check.require]

    def find(value: Value) -> Iterator[Hit]:
        text = value.text
        if text is None:
            return
        for pattern in forbidden:
            places = [match.span() for match in pattern.finditer(text) if match.end() > match.start()]
            if check.unless_quoted:
                places = [place for place in places if not is_mentioned(text, *place)]
            for found, same in distinct(text, places):
                words = {"found": shortened(found), "count": str(len(same)), "times": times(len(same))}
                yield Hit(*same[0], {"what": f"“{shortened(found)}” is in the text{times(len(same))}", **words})
        for pattern in required:
            if pattern.search(text) is None:
                yield Hit(words={"what": f"nothing matches {shortened(pattern.pattern)}", "found": "", "count": "0"})

    literals = {pattern.pattern: literals_in(pattern) for pattern in forbidden}
    underived = tuple(text for text, needed in literals.items() if not needed)
    trigger = None
    if not required and not underived:
        fold = any(pattern.flags & re.IGNORECASE or _FOLDS(pattern.pattern) for pattern in forbidden)
        trigger = trigger_of([one for needed in literals.values() for one in sorted(needed)], fold=fold)
    return Checker(find, "{what}", "", trigger, underived)
