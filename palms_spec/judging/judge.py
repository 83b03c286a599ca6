"""What every judge does, whoever it is: look at cases, and give votes or say why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from palms_spec.documents.reviews import Review
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.case import Case
from palms_spec.judging.votes import Decision

HASH_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a case: a decision, or an answer that cannot be read. `asked` is False where it never got as far as
    an answer, so that nothing is known of the judge."""

    case: Case
    outcome: Decision | Unread
    votes: tuple[Vote, ...] = ()
    asked: bool = True


@dataclass(slots=True)
class Used:
    """What was asked for so far. `untold` counts answers whose tokens the server does not tell."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = 0


class Judge(Protocol):
    """Somebody who judges."""

    @property
    def reviewer(self) -> str:
        """What its verdicts are signed with: `model:<name>@<hash of all that decides how it is asked>`."""

    @property
    def used(self) -> Used:
        """What was asked for so far."""

    def judged(self, cases: Sequence[Case]) -> Iterator[Judged]:
        """What comes of each case, as soon as it is known. Raises PalmsError where it makes no sense to go on; what
        has come of other cases by then stays true."""


def reviewer_of(name: str, hashed: str) -> str:
    """What verdicts are signed with."""
    return f"model:{name}@{hashed[:HASH_DIGITS]}"


def review_of(judged: Judged, reviewer: str, now: datetime | None = None) -> Review | None:
    """The review record of what came of a case; None where that is no verdict."""
    decision, case = judged.outcome, judged.case
    if isinstance(decision, Unread):
        return None
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Review(
        sample=case.sample,
        sample_hash=case.sample_hash,
        position=case.position.id,
        position_hash=case.position_hash,
        verdict=decision.verdict,
        score=decision.score,
        reviewer=reviewer,
        rationale=decision.rationale,
        at=at,
    )
