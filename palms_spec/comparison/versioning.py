"""The smallest step of a specification's version that fits its changes, and whether the step made does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from palms_spec.comparison.change import Change

Step = Literal["none", "patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")

MAJOR = frozenset(
    (
        *("position-reversed", "position-meaning-changed", "position-removed", "position-retired", "position-renamed"),
        *("category-removed", "category-renamed"),
    )
)
"""What somebody who relied on the old version can no longer rely on; a new id breaks what refers to the old one."""
MINOR = frozenset(
    (
        *("position-added", "position-restored", "position-reworded", "position-moved", "category-added"),
        *("authority-raised", "authority-lowered", "authority-changed", "weight-changed"),
    )
)
MINOR_FIELDS = frozenset(("context", "language", "authority_levels", "sample_metadata"))


def step_for(change: Change, *, editorial: bool = False) -> Step:
    """The step that a change asks for. A change of meaning that somebody accountable has called `editorial` counts as
    one of wording."""
    if change.kind in MAJOR:
        return "minor" if editorial and change.kind == "position-meaning-changed" else "major"
    if change.kind in MINOR or (change.kind == "spec-changed" and change.field in MINOR_FIELDS):
        return "minor"
    return "patch" if change.thing in ("spec", "category", "position") else "none"


def step_needed(changes: Iterable[Change], editorial: frozenset[str] = frozenset()) -> Step:
    """The largest step that any of the changes asks for; `editorial` are fingerprints."""
    steps = (step_for(change, editorial=change.fingerprint in editorial) for change in changes)
    return max(steps, key=STEPS.index, default="none")


FIRST_YEAR = 1900


def step_made(base: str, head: str) -> Step:
    """The step between two versions of three numbers; "none" where the head's is the same or lower. Dates, as releases
    of published texts have them, say nothing of how large a change is: a later one is as large as any."""
    was, now = ([int(number) for number in version.split(".")] for version in (base, head))
    if now <= was:
        return "none"
    if was[0] >= FIRST_YEAR:
        return "major"
    return STEPS[3 - next(at for at in range(3) if now[at] != was[at])]


def next_version(version: str, step: Step) -> str:
    """A version after a step; of a date only that it is later."""
    major, minor, patch = (int(number) for number in version.split("."))
    if major >= FIRST_YEAR:
        return "a later date"
    following = {"none": (major, minor, patch), "patch": (major, minor, patch + 1), "minor": (major, minor + 1, 0)}
    return ".".join(map(str, following.get(step, (major + 1, 0, 0))))
