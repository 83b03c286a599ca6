"""What a check of a pack is made of: what it finds in a value, and where that can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.rule import Trigger


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a value: at the characters from `start` to `end` of its text, or the whole of it.

    `words` are what the placeholders of the message stand for. `replacements` mend it: start, end and text.
    """

    start: int | None = None
    end: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    replacements: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Checker:
    """`find` looks at one value. `message` and `hint` count where the rule has none of its own.

    `trigger` is None where the check has something to say about any text; `underived` are the patterns because of
    which it is, though it looks for something.
    """

    find: Callable[[Value], Iterable[Hit]]
    message: str
    hint: str = ""
    trigger: Trigger | None = None
    underived: tuple[str, ...] = ()


def distinct(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The different texts that stand at places, each with all its places; white space and case make no difference."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end in places:
        found.setdefault(" ".join(text[start:end].split()).casefold(), []).append((start, end))
    for same in found.values():
        start, end = same[0]
        yield " ".join(text[start:end].split()), same


def times(count: int) -> str:
    """What is added to a message where something was found more than once."""
    return f" ({count} times)" if count > 1 else ""
