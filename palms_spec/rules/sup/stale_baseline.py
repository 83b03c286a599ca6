from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.suppression import BaselineFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule

CONFIGURATION = 'lint.baseline = "palms-baseline.json"\n'
BASELINE = """\
{
  "version": 1,
  "findings": [
    {"path": "specs/example/spec.yaml", "document": "example", "pointer": "/governance/owners", "rule": "missing-owner", \
"count": %s, "fingerprint": %s}
  ]
}
"""
MARK = '"b9567e0595bb7a1145c79006af228d44"'
WITHOUT_OWNER = SPEC.replace("  owners: [the maintainers]\n", "")


@rule(
    code="SUP005",
    severity="warning",
    since="0.1",
    subject="baseline",
    trigger=Trigger(defect="stale-baseline"),
    expected="Every entry of the baseline accepts something that is found.",
    examples=[
        Example(
            bad={"palms.toml": CONFIGURATION, "palms-baseline.json": BASELINE % (1, f"[[{MARK}]]")},
            good={"palms.toml": CONFIGURATION, "palms-baseline.json": '{\n  "version": 1,\n  "findings": []\n}\n'},
        ),
    ],
    near_misses=[
        {
            "palms.toml": CONFIGURATION,
            "palms-baseline.json": BASELINE % (1, MARK),
            SPEC_PATH: WITHOUT_OWNER,
        },
        {
            "palms.toml": CONFIGURATION + 'lint.ignore = ["missing-owner"]\n',
            "palms-baseline.json": BASELINE % (1, MARK),
        },
    ],
)
def stale_baseline(facts: BaselineFacts) -> Iterator[Problem]:
    """An entry of the baseline accepts more than is found.

    The baseline is the file that `lint.baseline` or `--baseline` names. An entry is known by its rule, the id of the document, the
    pointer into it and the text that was pointed at, so moved lines do not make it stale. What a rule would have found that is
    turned off is not known, so its entries are left alone.

    ## Why it matters

    The entry would accept the same defect if it came back, and nobody would see it. `palms baseline prune` takes out what is stale.
    """
    if facts.is_stale:
        entry, found = facts.entry, facts.found
        where = entry.document or entry.path
        left = f"no {entry.rule} is left" if not found else f"{found} of {entry.count} {entry.rule} are left"
        yield Problem(f"{left} to accept in {where}", "palms baseline prune takes it out", causes=(entry.path,))
