"""What a rule yields: what is wrong, and where, in terms of what it looked at. The engine makes a finding of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from palms_spec.documents.document import Defect, Document
from palms_spec.facts.group import Member
from palms_spec.findings import Severity

if TYPE_CHECKING:
    from palms_spec.documents.sample import Turn
    from palms_spec.rulekit.repair import Repair

Part = Literal["sample", "id", "question", "answer"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A second place that explains a problem: a member of the group, or a pointer into a document."""

    label: str
    member: Member | None = None
    part: Part = "question"
    path: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, with a lowercase fragment that holds the actual values, and what to do about it.

    It stands at `pointer` (from the top of the file), at the part from `start` to `end` of that value, at its key with
    `on_key`, or, where the file has no tree, at the character `offset` (up to `end`). Problems of groups stand at a
    `part` of `member`, or at a pointer in its file. `severity` is given only where it differs from the rule's own.
    """

    message: str
    hint: str = ""
    pointer: str = ""
    on_key: bool = False
    start: int | None = None
    end: int | None = None
    offset: int | None = None
    severity: Severity | None = None
    member: Member | None = None
    part: Part = "question"
    related: tuple[Elsewhere, ...] = ()
    causes: tuple[str, ...] = ()
    repair: Repair | None = None


def in_turn(
    turn: Turn,
    message: str,
    hint: str = "",
    *,
    start: int | None = None,
    end: int | None = None,
    repair: Repair | None = None,
) -> Problem:
    """A problem of a whole turn, or of the characters from `start` to `end` of its text."""
    if start is None and not turn.start:
        return Problem(message, hint, turn.pointer, repair=repair)
    first = turn.start + (start or 0)
    last = turn.start + (len(turn.content) if end is None else end)
    return Problem(message, hint, turn.pointer, start=first, end=last, repair=repair)


def of_defect(defect: Defect, repair: Repair | None = None) -> Problem:
    """The problem that reading a document met."""
    return Problem(
        defect.message,
        defect.hint,
        defect.pointer,
        defect.on_key,
        end=defect.end,
        offset=defect.offset,
        causes=defect.causes,
        repair=repair,
    )


def defects_of(
    document: Document, kind: str, repair: Callable[[Defect], Repair | None] = lambda defect: None
) -> Iterator[Problem]:
    """The problems of one kind that reading a document met; `repair` says how each can be mended."""
    yield from (of_defect(defect, repair(defect)) for defect in document.defects if defect.kind == kind)
