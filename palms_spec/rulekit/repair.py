"""How a problem can be mended, in terms of values. The engine finds out which characters of the file that means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from palms_spec.documents.sample import Turn
from palms_spec.findings import Safety


@dataclass(frozen=True, slots=True)
class Replace:
    """`text` takes the place of the characters from `start` to `end` of the value at a pointer, or with `on_key` of its
    key; of all of them, where no start is given."""

    pointer: str
    text: str
    start: int | None = None
    end: int | None = None
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The value at a pointer, or with `on_key` its key, is put in quotes and stays what it is."""

    pointer: str
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Unmark:
    """The byte order mark is taken from the start of the file."""


@dataclass(frozen=True, slots=True)
class Put:
    """A JSON value takes the place of the whole value at a pointer. Of rows of training files only, as are the
    following."""

    pointer: str
    value: Any


@dataclass(frozen=True, slots=True)
class Take:
    """What a pointer leads to is taken out of its mapping, with its key, or out of its list."""

    pointer: str


@dataclass(frozen=True, slots=True)
class TakeBehind:
    """What stands behind an item of a list is taken out of the list."""

    pointer: str


@dataclass(frozen=True, slots=True)
class TakeRow:
    """The row is taken out, with its line end."""


InRow = Put | Take | TakeBehind | TakeRow
Change = Replace | Quote | Unmark | InRow


@dataclass(frozen=True, slots=True)
class Repair:
    """All of the changes are made, or none. `message` says in a few lowercase words what they are.

    *safe*: no position and no answer means anything else afterwards; *unsafe*: one may; *shown*: left to a person, and
    then there may be no changes. Where a change would touch an escape or a fold of the file, it is shown only.
    """

    message: str
    safety: Safety
    changes: tuple[Change, ...] = ()


def replace_in_turn(turn: Turn, start: int, end: int, text: str) -> Replace:
    """A text takes the place of the characters from `start` to `end` of a turn."""
    return Replace(turn.pointer, text, turn.start + start, turn.start + end)


def rewrite_turn(turn: Turn, places: Iterable[tuple[int, int, str]]) -> tuple[Replace, ...]:
    """Texts take the places of stretches of a turn, given as start, end and text, in order. There are no changes, and
    so it is left to a person, where nothing would be left of the turn."""
    changes, kept, at = [], "", 0
    for start, end, text in places:
        changes.append(replace_in_turn(turn, start, end, text))
        kept += turn.content[at:start].strip() + text.strip()
        at = end
    return tuple(changes) if kept or turn.content[at:].strip() else ()
