"""What is generated from the rules: the index and the pages. `python -m palms_spec.rulekit.generate [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import INDEX_PATH, record_of, write_index
from palms_spec.rulekit.loading import load_rule, rule_modules
from palms_spec.rulekit.pages import page, table
from palms_spec.rulekit.staleness import CHECKOUT, write_or_check

RULES_PACKAGE = "palms_spec.rules"
PAGES = CHECKOUT / "docs" / "rules"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should have."""
    modules = {module: load_rule(module) for module in rule_modules(RULES_PACKAGE)}
    rules = {rule.name: rule for rule in modules.values()}
    records = [record_of(rule, module) for module, rule in modules.items()]
    records = sorted([*records, RULE_CRASHED], key=lambda record: record.code)
    yield INDEX_PATH, write_index(records)
    yield PAGES / "README.md", table(records)
    for record in records:
        yield PAGES / f"{record.name}.md", page(record, rules.get(record.name))


def main(arguments: Sequence[str]) -> int:
    """Write what is generated, or with `--check` say what is stale (exit code 1)."""
    return write_or_check(dict(generated()), [PAGES], check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
