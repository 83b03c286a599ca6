"""What a comparison of two versions of a project came to: changes, what they make stale, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.comparison.approving import Approved
from palms_spec.comparison.change import Change
from palms_spec.comparison.consequences import Stale
from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.engine.outcome import Judged, Outcome, Scope
from palms_spec.engine.settings import Settings
from palms_spec.findings import Acceptance, Finding, Place

OF_DOCUMENT = {"category": "spec", "position": "spec", "prompt": "prompt-set", "sample": "dataset"}
"""The sort of document that a thing is part of."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A change, where it stands in both versions, what it makes stale, and the approval of it, if there is one."""

    change: Change
    stale: Stale
    approved: Approved | None = None
    base: Place | None = None
    head: Place | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, the change that it is about, if it is about one, and why it is accepted, if it is; of a finding about
    a whole document the sort and the id of it."""

    finding: Finding
    change: Change | None
    acceptance: Acceptance | None
    document: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many samples served a position before, and how many do now."""

    position: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Approvers:
    """Who may approve changes of a specification, and where: its owners in the base, its version in the head, and the
    path of the record, which may not be there yet (`exists`)."""

    owners: tuple[str, ...]
    version: str
    path: str
    exists: bool


def _no_texts(change: Change) -> tuple[str, str]:
    return "", ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared. `base` and `head` are what they are called. `documents` are specifications, prompt sets
    and datasets that are in both and differ; `compared` says how many there are in the two, changed or not.

    `approvers` are by the id of the specification, `follows` is the id of the specification that a prompt set or a
    dataset follows. `texts` gives the text of an edited sample, before and now. `unread` are files that differ and that
    cannot be read, `not_evaluated` are rules that could not look at all they are about, with the reason.
    """

    root: Path
    base: str
    head: str
    seen: tuple[Seen, ...]
    said: tuple[Said, ...]
    documents: tuple[ComparisonFacts, ...]
    coverage: tuple[Covered, ...]
    settings: Settings
    compared: int = 0
    approvers: Mapping[str, Approvers] = field(default_factory=dict)
    follows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    texts: Callable[[Change], tuple[str, str]] = _no_texts
    unread: tuple[str, ...] = ()
    not_evaluated: tuple[tuple[str, str], ...] = ()

    def approvers_of(self, change: Change) -> Approvers | None:
        """Who may approve a change: the owners of the specification that it is of, or that its dataset or prompt set
        follows. None where there is none."""
        kind = OF_DOCUMENT.get(change.thing, change.thing)
        name = change.document if kind == "spec" else self.follows.get((kind, change.document), "")
        return self.approvers.get(name)

    @property
    def outcome(self) -> Outcome:
        """The findings, as a run of the linter has them."""

        def judged() -> Iterator[Judged]:
            return ((one.finding, one.acceptance) for one in self.said)

        return Outcome(
            lambda: (finding for finding, acceptance in judged() if acceptance is None),
            Scope(self.compared),
            self.settings.fail_on,
            self.not_evaluated,
            judged=judged,
            records=self.settings.rulebook.records,
        )
