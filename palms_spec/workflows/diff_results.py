"""Which studies hold outputs that answer a prompt which is stale, or reads otherwise now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import orjson

from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import PROMPT_CHANGES, Stale
from palms_spec.errors import UnreadableSource
from palms_spec.sources.tree_lines import lines_of
from palms_spec.sources.trees import Tree

OUTPUTS = "outputs.jsonl"


class Results:
    """The studies of a version, by the prompts that their outputs answer; they are read when they are asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._answered: dict[str, frozenset[str]] | None = None

    def added_to(self, stale: Stale, change: Change) -> Stale:
        """What a change makes stale, with the results."""
        prompts = set(stale.prompts)
        if change.kind in PROMPT_CHANGES and change.base is not None:
            prompts.add(change.base.item)
        if not prompts:
            return stale
        if self._answered is None:
            names = [name for name in self._tree.marks if PurePosixPath(name).name == OUTPUTS]
            self._answered = {str(PurePosixPath(name).parent.name): self._prompts(name) for name in sorted(names)}
        studies = (study for study, answered in self._answered.items() if not prompts.isdisjoint(answered))
        return replace(stale, results=tuple(studies))

    def _prompts(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        try:
            for line in lines_of(self._tree, name):
                found.add(_prompt(line))
        except UnreadableSource:
            pass
        return frozenset(found - {""})


def _prompt(line: bytes) -> str:
    try:
        value = orjson.loads(line) if line.strip() else {}
    except orjson.JSONDecodeError:
        return ""
    found = value.get("prompt") if isinstance(value, dict) else ""
    return found if isinstance(found, str) else ""
