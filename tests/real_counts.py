"""What all rules find in real training files: how often, by file and rule, and none of their text.

`python -m tests.real_counts` counts anew and writes `real_counts.json`, after a rule was made to find more or less.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.real_material import linted

RECORDED = Path(__file__).with_suffix(".json")


def counted() -> dict[str, dict[str, int]]:
    """The number of samples, then that of findings by rule: for each training file, and for those made of others."""
    with linted() as outcomes:
        return {
            name: {
                "samples": outcome.scope.samples,
                **dict(sorted(Counter(finding.rule for finding in outcome.stream()).items())),
            }
            for name, outcome in outcomes.items()
        }


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(counted(), indent=1) + "\n", encoding="utf-8")
