"""A working project from a template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from palms_spec import __version__
from palms_spec.errors import UsageError
from palms_spec.shipped import shipped
from palms_spec.sources.atomic import write_atomically
from palms_spec.workflows.hooks import local_hooks
from palms_spec.workflows.schema import KINDS, schema_path, schema_text

Template = Literal["palms-2021", "minimal"]
TEMPLATES: tuple[Template, ...] = ("palms-2021", "minimal")
_MINIMAL = Path(__file__).parent / "templates" / "minimal"


def create_project(folder: Path, template: Template) -> list[str]:
    """Write the files of a template into a folder, which is made if need be; the names of the files, in order.

    Raises UsageError where a file is there already: nothing is overwritten, and then nothing is written at all.
    """
    files = dict(_files(template))
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise UsageError(
            f"{folder} holds {', '.join(taken[:5])}{' and more' if len(taken) > 5 else ''} already",
            hint="name another folder; nothing was written",
        )
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    return list(files)


def _files(template: Template) -> Iterator[tuple[str, bytes]]:
    yield "palms.toml", _CONFIGURATION.encode()
    if template == "minimal":
        yield from _tree(_MINIMAL, "")
    else:
        for folder in ("specs/palms-2021", "datasets/palms-2021", "datasets/palms-2021-control"):
            yield from _tree(shipped() / folder, folder + "/")
    for kind in KINDS:
        yield schema_path(kind), schema_text(kind).encode()
    yield ".pre-commit-config.yaml", local_hooks().encode()
    yield ".github/workflows/palms.yml", _WORKFLOW.encode()


def _tree(root: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in (".yaml", ".md", ".jsonl"):
            yield prefix + path.relative_to(root).as_posix(), path.read_bytes()


_CONFIGURATION = f"""\
# This file marks the root of a palms project. Made by palms {__version__}.
rules-version = 1

[lint]
# select = ["ALL"]           # rules by name, code or family; `palms rule` lists them
# ignore = ["overused-opening"]
# fail-on = "warning"        # error, warning or note: from which on `palms lint` ends with exit code 1

# [lint.rules.near-duplicate-sample]
# threshold = 0.8            # `palms rule near-duplicate-sample` shows a rule's settings
"""

_WORKFLOW = """\
name: palms
on: [push, pull_request]
permissions:
  contents: read
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install palms-spec
      - run: palms lint --output-format github
"""
