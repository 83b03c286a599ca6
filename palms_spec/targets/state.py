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


def days_of_state(profile: Profile, today: str) -> tuple[str, str]:
    """Between which days the state of a target is what it is on a day (`YYYY-MM-DD`): after the first, and up to the
    second; "" where there is no such day."""
    closing = profile.closing
    days = sorted({event.on for event in closing.events} | ({closing.last_jobs} - {""})) if closing else []
    return max((day for day in days if day < today), default=""), min((day for day in days if day >= today), default="")


def state_of(profile: Profile, today: date) -> State:
    """The state of a target. On the last day for new jobs it is still `closing`."""
    closing = profile.closing
    if closing is None:
        return State("local" if profile.local else "open")
    following = next((event for event in closing.events if event.on >= today.isoformat()), None)
    over = closing.last_jobs and today.isoformat() > closing.last_jobs
    return State("closed" if over else "closing", closing.summary, following)
