"""Which approvals count: those by an owner of the base's specification who is no author of the change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from palms_spec.comparison.change import Change
from palms_spec.documents.approvals import Approval

EDITORIAL = "position-reworded"
MAY_BE_EDITORIAL = "position-meaning-changed"
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
        return not self.objection and self.change.kind == MAY_BE_EDITORIAL and self.approval.change == EDITORIAL


def approved_changes(
    changes: Iterable[Change],
    approvals: Iterable[Approval],
    owners: Iterable[str],
    authors_of: Callable[[Change], frozenset[str]],
) -> list[Approved]:
    """Every change that has approvals, with one that counts if there is one. `owners` are those of the base;
    `authors_of` gives the names and mail addresses of those who made a change."""
    accountable = {name for owner in owners for name in names_of(owner)}
    by_fingerprint: dict[str, list[Approval]] = {}
    for approval in approvals:
        by_fingerprint.setdefault(approval.fingerprint, []).append(approval)
    found = []
    for change in changes if by_fingerprint else ():
        given = by_fingerprint.get(change.fingerprint, ())
        wrote = frozenset(name for author in (authors_of(change) if given else ()) for name in names_of(author))
        judged = [Approved(change, one, _objection(change, one, accountable, wrote)) for one in given]
        if judged:
            found.append(next((one for one in judged if not one.objection), judged[-1]))
    return found


def names_of(person: str) -> frozenset[str]:
    """What a person is called: the whole text, and name and mail address of `Name <mail>`; upper and lower case are the
    same."""
    found = _NAME_AND_MAIL.fullmatch(person.strip())
    return _folded([person, *(found.groups() if found else ())])


def _objection(change: Change, approval: Approval, accountable: Iterable[str], authors: frozenset[str]) -> str:
    names, editorial = names_of(approval.by), approval.change == EDITORIAL and change.kind == MAY_BE_EDITORIAL
    if names.isdisjoint(accountable):
        return f"{approval.by} is no owner in the base version"
    if not names.isdisjoint(authors):
        return f"{approval.by} is an author of the change"
    if approval.change != change.kind and not editorial:
        return f"it is of another kind, {approval.change}"
    return ""


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())
