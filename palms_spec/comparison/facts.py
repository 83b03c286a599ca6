"""What the rules about changes look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale
from palms_spec.comparison.versioning import Step

NOTHING_STALE = Stale((), ())


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
class ComparisonFacts:
    """A document that is in both versions, with all its changes.

    `versions` are those that a specification states, with the step between them that was `made` and the one that its
    changes ask for (`needed`). `approved` are the fingerprints of changes whose approval counts. `lost_records` are lines of record files, by path, that the head no longer has.
    """

    kind: Literal["spec", "prompt-set", "dataset", "records"]
    name: str
    path: str
    changes: tuple[Change, ...] = ()
    versions: tuple[str, str] = ("", "")
    made: Step = "none"
    needed: Step = "none"
    approved: frozenset[str] = frozenset()
    lost_records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wanting(self, kind: str) -> list[Change]:
        """The changes of a kind that nobody approved."""
        return [change for change in self.changes if change.kind == kind and change.fingerprint not in self.approved]
