"""A suppression and what became of it in a run; an entry of the baseline likewise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from palms_spec.findings import AcceptedBy, BaselineEntry, Suppression

UNUSED = "unused-suppression"
UNKNOWN = "unknown-suppression"
WITHOUT_REASON = "suppression-without-reason"
EXPIRED = "expired-suppression"
STALE = "stale-baseline"


@dataclass(frozen=True, slots=True)
class SuppressionFacts:
    """A suppression. Pointers of its problems lead from it: "" is the whole, "/rule" the rule in it.

    `rule` is the name of the rule that is meant, "" where there is none. `ran`: the rule was on, and could look.
    `used`: it covers a finding. `words` are all names and codes of rules, `families` those of families.
    """

    suppression: Suppression
    rule: str
    by: AcceptedBy
    ran: bool
    used: bool
    today: str
    words: Collection[str] = ()
    families: Collection[str] = ()

    @property
    def is_expired(self) -> bool:
        """Whether its day has come, or what it gives as its day is none."""
        return has_expired(self.suppression.until, self.today)

    @property
    def defects(self) -> frozenset[str]:
        """What is wrong with it, by the names of the rules that report it."""
        wrong = set()
        if self.suppression.first and not self.suppression.reason:
            wrong.add(WITHOUT_REASON)
        if self.suppression.first and self.is_expired:
            wrong.add(EXPIRED)
        if not self.rule:
            wrong.add(UNKNOWN)
        elif self.ran and not self.used and not self.is_expired:
            wrong.add(UNUSED)
        return frozenset(wrong)


def has_expired(until: str, today: str) -> bool:
    """Whether a day has come. What is no day such as 2027-01-31 never lies ahead."""
    return bool(until) and (not is_day(until) or until <= today)


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it: 2027-01-31."""
    from datetime import date

    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class BaselineFacts:
    """An entry of the baseline, and how many findings of this run are like it. A problem of it stands at the whole."""

    entry: BaselineEntry
    found: int

    @property
    def is_stale(self) -> bool:
        """Whether it accepts more than there is."""
        return self.found < self.entry.count
