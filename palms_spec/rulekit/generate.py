"""What is generated from the rules: the index. `python -m palms_spec.rulekit.generate [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import INDEX_PATH, record_of, write_index
from palms_spec.rulekit.loading import load_rule, rule_modules

RULES_PACKAGE = "palms_spec.rules"


def index_text() -> str:
    """The index as it should be."""
    records = [record_of(load_rule(module), module) for module in rule_modules(RULES_PACKAGE)]
    return write_index([*records, RULE_CRASHED])


def main(arguments: Sequence[str]) -> int:
    """Write what is generated, or with `--check` say what is stale (exit code 1)."""
    text = index_text()
    if "--check" in arguments:
        stale = not INDEX_PATH.is_file() or INDEX_PATH.read_text("utf-8") != text
        print("stale: rules/index.json (run `make docs`)" if stale else "the rule index is up to date")
        return int(stale)
    INDEX_PATH.write_text(text, "utf-8")
    print(f"wrote {INDEX_PATH.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
