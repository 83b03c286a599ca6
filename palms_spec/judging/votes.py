"""Several votes on one case, and the verdict they come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from palms_spec.documents.reviews import Verdict
from palms_spec.errors import UsageError
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.case import Case
from palms_spec.judging.scale import ORDERS, Order
from palms_spec.providers.answers import shortened

MOST_VOTES = 20
UNCLEAR_SCORE = 3


@dataclass(frozen=True, slots=True)
class Ballot:
    """A verdict takes `needed` of `votes` votes that agree on it; that is always more than half of them."""

    needed: int
    votes: int

    def __str__(self) -> str:
        return f"{self.needed}/{self.votes}"

    def orders(self, case: Case) -> tuple[Order, ...]:
        """The order of the scale for each vote on a case: the two in turn. Which comes first hangs on the case, so
        that also of an odd number of votes, over all cases, half are given on either."""
        first = int(case.sample_hash[:8] + case.position_hash[:8], 16).bit_count() % 2
        return tuple(ORDERS[(first + number) % 2] for number in range(self.votes))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a judge comes to on a case, as a review record has it."""

    verdict: Verdict
    score: int
    rationale: str


def ballot_of(text: str) -> Ballot:
    """The ballot that `--votes` asks for: `N`, of which more than half have to agree, or `K/N`. Raises UsageError."""
    found = re.fullmatch(r"(?:([0-9]{1,3})/)?([0-9]{1,3})", text.strip())
    if found is None:
        raise UsageError(f"--votes {text} is no number of votes", hint="write it as 2, or as 3/4 for three of four")
    votes = int(found[2])
    needed = int(found[1]) if found[1] else votes // 2 + 1
    if not 1 <= votes <= MOST_VOTES:
        raise UsageError(f"--votes {text} is not between 1 and {MOST_VOTES}")
    if not votes / 2 < needed <= votes:
        raise UsageError(
            f"--votes {text}: two verdicts could have {needed} of {votes} votes"
            if needed <= votes / 2
            else f"--votes {text} asks for more votes than there are",
            hint=f"between {votes // 2 + 1} and {votes} have to agree",
        )
    return Ballot(needed, votes)


def decide(ballot: Ballot, votes: Sequence[Vote], unread: Sequence[Unread]) -> Decision | Unread:
    """The verdict that enough votes agree on, with the most cautious of their scores. Where none has enough it is
    unclear; where one might have had, but for answers that could not be read, there is none."""
    counts = Counter(vote.verdict for vote in votes)
    for verdict, count in counts.items():
        if count >= ballot.needed:
            agreeing = [vote for vote in votes if vote.verdict == verdict]
            told = min(agreeing, key=lambda vote: abs(vote.score - UNCLEAR_SCORE))
            return Decision(verdict, told.score, _rationale(votes, told.rationale))
    if unread and max(counts.values(), default=0) + len(unread) >= ballot.needed:
        return unread[0]
    return Decision("unclear", UNCLEAR_SCORE, _rationale(votes, f"the votes differ. {votes[0].rationale}"))


def _rationale(votes: Sequence[Vote], words: str) -> str:
    scores = ", ".join(str(vote.score) for vote in votes)
    return shortened(f"votes {scores}: {words}" if len(votes) > 1 else words)
