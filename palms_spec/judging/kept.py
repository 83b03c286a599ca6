"""What a judge said of labelled answers, kept while it is measured, so that no answer is paid for twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from palms_spec.documents.model import Model
from palms_spec.documents.records import RecordModel
from palms_spec.documents.reviews import Hash, Verdict
from palms_spec.documents.slugs import slug
from palms_spec.errors import UnreadableSource
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judged
from palms_spec.judging.people import mark_of
from palms_spec.judging.scale import Order
from palms_spec.judging.votes import Decision
from palms_spec.sources.files import read_bytes

FOLDER = ".palms/cache/judged"
MOST_BYTES = 1_000_000_000
_Score = Annotated[int, Field(ge=1, le=5)]


class KeptVote(Model):
    """A vote."""

    order: Order
    score: _Score
    rationale: str


class KeptVerdict(RecordModel):
    """A line: the case by its hashes, the votes on it, and the decision they came to."""

    sample_hash: Hash
    position_hash: Hash
    verdict: Verdict
    score: _Score
    rationale: str
    votes: list[KeptVote]

    @classmethod
    def of(cls, judged: Judged) -> KeptVerdict | None:
        """What is kept of a case; nothing where there is no verdict, so that it is asked for again."""
        decision, case = judged.outcome, judged.case
        if isinstance(decision, Unread):
            return None
        votes = [KeptVote(order=one.order, score=one.score, rationale=one.rationale) for one in judged.votes]
        return cls(
            sample_hash=case.sample_hash,
            position_hash=case.position_hash,
            verdict=decision.verdict,
            score=decision.score,
            rationale=decision.rationale,
            votes=votes,
        )

    def judged(self, case: Case) -> Judged:
        """The same, of a case that has these hashes."""
        votes = tuple(Vote(one.order, one.score, one.rationale) for one in self.votes)
        return Judged(case, Decision(self.verdict, self.score, self.rationale), votes)


def kept_file(root: Path, reviewer: str) -> Path:
    """Where a judge's verdicts on labelled answers are kept."""
    return root / FOLDER / f"{slug(reviewer)}-{mark_of(reviewer)}.jsonl"


def read_kept(path: Path, cases: Iterable[Case]) -> list[Judged]:
    """What is kept of cases. Lines that cannot be read are as good as absent."""
    wanted = {case.key: case for case in cases}
    try:
        lines = read_bytes(path, MOST_BYTES).split(b"\n") if path.exists() else []
    except UnreadableSource:
        return []
    found: dict[tuple[str, str], Judged] = {}
    for line in lines:
        try:
            kept = KeptVerdict.model_validate_json(line)
        except ValidationError:
            continue
        case = wanted.get((kept.sample_hash, kept.position_hash))
        if case is not None:
            found[case.key] = kept.judged(case)
    return list(found.values())
