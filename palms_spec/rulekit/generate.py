"""What is generated from the rules: the index and the pages. `python -m palms_spec.rulekit.generate [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import INDEX_PATH, record_of, write_index
from palms_spec.rulekit.loading import load_rule, rule_modules
from palms_spec.rulekit.pages import page, table

RULES_PACKAGE = "palms_spec.rules"
CHECKOUT = Path(__file__).parents[2]
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
    files = dict(generated())
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    gone = [path for path in PAGES.glob("*.md") if path not in files]
    names = ", ".join(str(path.relative_to(CHECKOUT)) for path in (*stale, *gone))
    if "--check" in arguments:
        print(f"stale, run `make docs`: {names}" if names else f"{len(files)} generated files are up to date")
        return int(bool(names))
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(files[path], "utf-8")
    for path in gone:
        path.unlink()
    print(f"wrote {names}" if names else "nothing to write")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
