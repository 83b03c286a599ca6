"""Fixes made on one text: those that do not touch each other, as far as it still holds afterwards what it should."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from palms_spec.engine.rereading import edited, holds_what_it_should
from palms_spec.findings import Edit, Finding

Item = TypeVar("Item")


@dataclass(slots=True)
class Mended:
    """The text after fixes, and which findings were fixed and which could not be. Those that are in neither list have
    to wait, because their fixes touch others."""

    data: bytes
    fixed: list[Finding] = field(default_factory=list)
    dropped: list[Finding] = field(default_factory=list)


def mend(path: str, data: bytes, findings: Iterable[Finding], first_byte: int = 0) -> Mended:
    """The text of a file, or of a row that begins at `first_byte` and whose path ends in .json, after the fixes of
    findings. A fix after which the text would not parse, or hold other values than the fix says, is dropped."""

    def holds(some: Sequence[Finding]) -> bool:
        edits = edits_of(some)
        return holds_what_it_should(path, data, edited(data, edits, first_byte), edits, first_byte)

    fixed, dropped = kept(apart(findings), holds)
    return Mended(edited(data, edits_of(fixed), first_byte), fixed, dropped)


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes do not touch each other; of two that do, the first."""
    starts: list[int] = []
    taken: list[Edit] = []
    chosen = []
    for finding in findings:
        assert finding.fix is not None
        if any(_touches(edit, starts, taken) for edit in finding.fix.edits):
            continue
        for edit in finding.fix.edits:
            at = bisect_left(starts, edit.start)
            starts.insert(at, edit.start)
            taken.insert(at, edit)
        chosen.append(finding)
    return chosen


def edits_of(findings: Iterable[Finding]) -> list[Edit]:
    """The edits of all fixes, in order."""
    edits = chain.from_iterable(finding.fix.edits for finding in findings if finding.fix is not None)
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _touches(edit: Edit, starts: list[int], taken: list[Edit]) -> bool:
    at = bisect_left(starts, edit.start)
    before, behind = taken[at - 1 : at], taken[at : at + 1]
    return any(one.end > edit.start for one in before) or any(
        one.start < edit.end or one.start == edit.start for one in behind
    )


def kept(items: Sequence[Item], holds: Callable[[Sequence[Item]], bool]) -> tuple[list[Item], list[Item]]:
    """The items that may be taken together, and the others. Halves are tried where the whole does not hold."""
    if not items or holds(items):
        return list(items), []
    if len(items) == 1:
        return [], list(items)
    middle = len(items) // 2
    some, dropped = kept(items[:middle], holds)
    more, also_dropped = kept(items[middle:], holds)
    if some and more and not holds([*some, *more]):
        return some, dropped + also_dropped
    return [*some, *more], dropped + also_dropped
