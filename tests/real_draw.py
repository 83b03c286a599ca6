"""Findings in real training files, drawn to be read by hand: `python -m tests.real_draw [RULE ...]`.

What is drawn stands in nobody's file but the real ones; the command prints it, for one reading. What came of the last
reading is in docs/design/precision.md.
"""

from __future__ import annotations

import random
import sys

from palms_spec.findings import Finding
from tests.real_material import linted

SEED = 20261125
PER_RULE = 20


def drawn(rules: frozenset[str] = frozenset()) -> list[tuple[str, Finding]]:
    """Up to twenty findings of each rule, with the file each is from; of what is said of one text in several files,
    one (the files of one source hold the same rows in the same lines). The draw of a rule depends on nothing but the
    findings of that rule."""
    found: dict[str, dict[tuple[int, str], tuple[str, Finding]]] = {}
    with linted() as outcomes:
        for name, outcome in outcomes.items():
            for finding in outcome.stream():
                key = (finding.place.span.line, finding.excerpt.strip('" '))
                found.setdefault(finding.rule, {}).setdefault(key, (name, finding))
    chosen = []
    for rule in sorted(rules or found):
        several = sorted(found.get(rule, {}).items())
        chosen += [one for _, one in random.Random(SEED).sample(several, min(PER_RULE, len(several)))]
    return chosen


if __name__ == "__main__":
    for number, (name, finding) in enumerate(drawn(frozenset(sys.argv[1:])), 1):
        span = finding.place.span
        print(
            f"{number:3} {finding.rule} {name}:{span.line} {finding.place.pointer} [{finding.message}] {finding.excerpt!r}"
        )
