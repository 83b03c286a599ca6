"""What is generated from the commands: their reference and the manifest of the hooks that call them.
`python -m palms_spec.cli.generate [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from palms_spec.cli.reference import reference
from palms_spec.rulekit.staleness import CHECKOUT, write_or_check
from palms_spec.workflows.hooks import manifest

PAGES = CHECKOUT / "docs" / "reference"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should have."""
    yield CHECKOUT / ".pre-commit-hooks.yaml", manifest()
    for name, text in reference().items():
        yield PAGES / name, text


def main(arguments: Sequence[str]) -> int:
    """Write what is generated, or with `--check` say what is stale (exit code 1)."""
    return write_or_check(dict(generated()), [PAGES], check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
