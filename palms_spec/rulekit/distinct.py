"""How a value that stands in a sample several times is reported: once, where it stands first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from palms_spec.documents.sample import Turn


@dataclass(slots=True)
class Occurrence:
    """A text that was found: `kind` says what it is, `count` how often it stands in the turns."""

    turn: Turn
    start: int
    end: int
    kind: str
    count: int = 1

    @property
    def text(self) -> str:
        return self.turn.content[self.start : self.end]

    @property
    def times(self) -> str:
        """What a message adds where it stands several times."""
        return f" ({self.count} times in the sample)" if self.count > 1 else ""


def distinct(turns: Iterable[Turn], find: Callable[[str], Iterable[tuple[int, int, str]]]) -> Iterator[Occurrence]:
    """The different texts that `find` gives as start, end and kind, each where it stands first."""
    found: dict[str, Occurrence] = {}
    for turn in turns:
        for start, end, kind in find(turn.content):
            text = turn.content[start:end]
            if text in found:
                found[text].count += 1
            else:
                found[text] = Occurrence(turn, start, end, kind)
    yield from found.values()
