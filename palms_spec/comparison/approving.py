"""Which approvals count: those by an owner of the base's specification who is no author of the change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from palms_spec.comparison.change import Change
from palms_spec.documents.approvals import Approval

EDITORIAL = "position-reworded"
_NAME_AND_MAIL = re.compile(r"(?P<name>[^<]*)<(?P<mail>[^>]*)>")


@dataclass(frozen=True, slots=True)
class Approved:
    """A change with the approval of it; `objection` says why that does not count, "" if it does."""

    change: Change
    approval: Approval
    objection: str = ""

    @property
    def is_editorial(self) -> bool:
        """Whether it says that a change of words is none of meaning."""
        return not self.objection and self.approval.change == EDITORIAL


def approved_changes(
    changes: Iterable[Change], approvals: Iterable[Approval], owners: Iterable[str], authors: frozenset[str]
) -> list[Approved]:
    """Every change that has approvals, with one that counts if there is one. `owners` are those of the base, `authors`
    the names and mail addresses of those who made the change."""
    accountable, wrote = {name for owner in owners for name in names_of(owner)}, _folded(authors)
    by_fingerprint: dict[str, list[Approval]] = {}
    for approval in approvals:
        by_fingerprint.setdefault(approval.fingerprint, []).append(approval)
    found = []
    for change in changes:
        judged = [
            Approved(change, approval, _objection(approval.by, accountable, wrote))
            for approval in by_fingerprint.get(change.fingerprint, ())
        ]
        if judged:
            found.append(next((one for one in judged if not one.objection), judged[-1]))
    return found


def names_of(person: str) -> frozenset[str]:
    """What a person is called: the whole text, and name and mail address of `Name <mail>`; upper and lower case are the
    same."""
    found = _NAME_AND_MAIL.fullmatch(person.strip())
    return _folded([person, *(found.groups() if found else ())])


def _objection(by: str, accountable: Iterable[str], authors: frozenset[str]) -> str:
    names = names_of(by)
    if names.isdisjoint(accountable):
        return f"{by} is no owner in the base version"
    return "" if names.isdisjoint(authors) else f"{by} is an author of the change"


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())
