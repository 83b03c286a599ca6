"""How things that are there more than once are reported: one problem a group, at the second of them."""

from __future__ import annotations

from collections.abc import Sequence

from palms_spec.facts.group import Member
from palms_spec.rulekit.problem import Elsewhere, Part, Problem

SHOWN = 8


def repetition(members: Sequence[Member], message: str, hint: str, *, part: Part = "question") -> Problem:
    """The problem that two or more members share something; `SHOWN` others are named, the rest is counted."""
    first, second, *others = members
    related = [Elsewhere("first here", first, part)]
    related += [Elsewhere("and here", member, part) for member in others[: SHOWN - 1]]
    hidden = len(others) - (SHOWN - 1)
    if hidden > 0:
        message += f" ({hidden} of the places not shown)"
    causes = sorted({member.path for member in members})
    return Problem(message, hint, member=second, part=part, related=tuple(related), causes=tuple(causes))


def occurrence(members: Sequence[Member], message: str, hint: str, *, of: Member, label: str) -> Problem:
    """The problem that something stands in one or more members; it stands at the first, the others and the thing itself
    are named with it."""
    first, *others = members
    related = [Elsewhere(label, of)]
    related += [Elsewhere("and here", member) for member in others[: SHOWN - 1]]
    if others:
        message += f" and in {len(others)} more"
    causes = sorted({member.path for member in (*members, of)})
    return Problem(message, hint, member=first, related=tuple(related), causes=tuple(causes))
