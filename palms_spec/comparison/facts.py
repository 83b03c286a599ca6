"""What the rules about changes look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale
from palms_spec.comparison.versioning import Step

NOTHING_STALE = Stale()


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One change, and what it makes stale. `status` is that of the document in the base, `splits` are those of a prompt
    in either version; `approved` says whether an approval of this very change counts."""

    change: Change
    stale: Stale = NOTHING_STALE
    status: str = ""
    splits: frozenset[str] = frozenset()
    approved: bool = False


@dataclass(frozen=True, slots=True)
class StaleReviews:
    """Reviews, as sample and reviewer, that stand for no text of the head any more, and what they are about."""

    about: str
    pointer: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A line of a record file that holds none: its number, the character at which what is wrong with it stands, and
    what that is."""

    line: int
    offset: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """A document that is in both versions, with all its changes; or a file of records; or a file that cannot be read
    in the version of this `name`.

    `versions` are those that a specification states, with the step between them that was `made` and the one that its
    changes ask for (`needed`). `approved` are the fingerprints of changes whose approval counts; `stale_reviews`
    are what its changes made stale. `lost_records` are lines of record files, by path, that the head no longer has;
    `strange_records` the numbers of new lines whose hashes fit no version of a position and of a sample;
    `broken_records` new lines that are no records.
    """

    kind: Literal["spec", "prompt-set", "dataset", "records", "unread"]
    name: str
    path: str
    changes: tuple[Change, ...] = ()
    versions: tuple[str, str] = ("", "")
    made: Step = "none"
    needed: Step = "none"
    approved: frozenset[str] = frozenset()
    stale_reviews: tuple[StaleReviews, ...] = ()
    lost_records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strange_records: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    broken_records: tuple[BrokenRecord, ...] = ()

    def wanting(self, kind: str) -> list[Change]:
        """The changes of a kind that nobody approved."""
        return [change for change in self.changes if change.kind == kind and change.fingerprint not in self.approved]
