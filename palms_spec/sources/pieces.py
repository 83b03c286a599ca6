"""Values that are put together from several places of a text, each stretch of which knows where it stands."""

from __future__ import annotations

import re

from palms_spec.sources.block_offsets import Run
from palms_spec.sources.node import ScalarNode

_LINE_END = re.compile("\r\n|\r")


class Pieces:
    """A value in the making, from pieces of one text in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def __bool__(self) -> bool:
        return bool(self._runs)

    def take(self, start: int, end: int) -> None:
        """Add what stands from `start` to `end`; its line ends become LF."""
        at = start
        for found in _LINE_END.finditer(self._text, start, end):
            self._add(self._text[at : found.start()], at, found.start(), is_verbatim=True)
            self._add("\n", found.start(), found.end())
            at = found.end()
        self._add(self._text[at:end], at, end, is_verbatim=True)

    def put(self, value: str, start: int, end: int) -> None:
        """Add a text that stands for what is written from `start` to `end`. Only its end can be told from its start."""
        self._add(value, start, end)

    def _add(self, value: str, start: int, end: int, *, is_verbatim: bool = False) -> None:
        if value:
            self._parts.append(value)
            self._runs.append(Run(self._length, len(value), start, end, is_verbatim=is_verbatim))
            self._length += len(value)

    def node(self, at: int = 0) -> ScalarNode:
        """The value; where nothing was added, an empty one that stands at `at`."""
        if not self._runs:
            return ScalarNode("", at, at, "plain")
        return ScalarNode(
            "".join(self._parts), self._runs[0].start, self._runs[-1].end, "plain", runs=tuple(self._runs)
        )
