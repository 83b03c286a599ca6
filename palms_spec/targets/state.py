"""Whether a target still takes jobs, on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from palms_spec.targets.profile import Event, Profile

Word = Literal["open", "closing", "closed", "local"]


@dataclass(frozen=True, slots=True)
class State:
    """`closing` and `closed` come with `summary`, and `next` is what happens next, if a day is known."""

    word: Word
    summary: str = ""
    next: Event | None = None


def state_of(profile: Profile, today: date) -> State:
    """The state of a target. On the last day for new jobs it is still `closing`."""
    closing = profile.closing
    if closing is None:
        return State("local" if profile.local else "open")
    following = next((event for event in closing.events if event.on >= today.isoformat()), None)
    over = closing.last_jobs and today.isoformat() > closing.last_jobs
    return State("closed" if over else "closing", closing.summary, following)
