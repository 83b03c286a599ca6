"""What would be judged and what it takes, for somebody to agree to; and what has come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from palms_spec.analysis.tokens import estimated_tokens
from palms_spec.errors import PalmsError
from palms_spec.judging.answer_form import Unread
from palms_spec.judging.case import Case
from palms_spec.judging.figures import Measured
from palms_spec.judging.judge import Judge, Judged, Used
from palms_spec.judging.labelled import LabelledSet
from palms_spec.judging.measurements import Measurement
from palms_spec.judging.model_judge import WRITTEN, Manner, characters


@dataclass(frozen=True, slots=True)
class ChosenJudge:
    """A judge that has not been asked yet. `paid`: it may cost money. `manner` is None of a program; `asked` says in
    words how it is asked. `connect` is given what hears why it takes so long; it raises UsageError where a key or an
    address cannot be right, MissingExtra where the client is not installed."""

    reviewer: str
    place: str
    paid: bool
    manner: Manner | None
    asked: Mapping[str, str]
    connect: Callable[[Callable[[str], None]], Judge]


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens that are read, and for a million that are written."""

    read: float
    written: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """The dollars for so many tokens."""
        return (tokens_in * self.read + tokens_out * self.written) / 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """What it takes to have cases judged: requests, at least, and tokens, about. `dollars` is None without a price."""

    requests: int
    tokens_in: int
    tokens_out: int
    dollars: float | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A case to judge, and the file of records that its verdict goes to, below the root. `stale`: there is a verdict on
    an earlier wording."""

    case: Case
    file: str
    stale: bool


@dataclass(slots=True)
class Cases:
    """The cases of some datasets. `done` have a verdict of this very judge that stands, `reviewed` as many as their
    dataset asks for (one, if it asks for none) by others. `unread` are files of which something cannot be read."""

    pending: list[Pending] = field(default_factory=list)
    done: int = 0
    reviewed: int = 0
    unread: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.pending) + self.done + self.reviewed


@dataclass(frozen=True, slots=True)
class JudgePlan:
    """What would be judged now. `cases` are all there are, of which `pending` are taken; `measured` is what is known of
    the judge."""

    chosen: ChosenJudge
    cases: Cases
    pending: tuple[Pending, ...]
    estimate: Estimate
    measured: tuple[Measurement, ...]

    @property
    def later(self) -> int:
        """Cases that are pending and left for another call."""
        return len(self.cases.pending) - len(self.pending)


@dataclass(slots=True)
class JudgeRun:
    """What has come of it. `files` are those that records were added to. `stopped` is why not everything was judged."""

    judged: list[Judged] = field(default_factory=list)
    files: tuple[str, ...] = ()
    used: Used = field(default_factory=Used)
    stopped: PalmsError | None = None

    @property
    def failed(self) -> list[Judged]:
        """Cases without a verdict."""
        return [one for one in self.judged if isinstance(one.outcome, Unread)]

    def said(self, verdict: str) -> list[Judged]:
        """Cases with a verdict."""
        return [one for one in self.judged if not isinstance(one.outcome, Unread) and one.outcome.verdict == verdict]


@dataclass(frozen=True, slots=True)
class MeasuringPlan:
    """What would be asked now to measure a judge. `kept` is what it has said before of these very answers; `pending`
    are the cases to ask about, `later` counts those left for another call."""

    chosen: ChosenJudge
    labelled: LabelledSet
    kept: tuple[Judged, ...]
    pending: tuple[Case, ...]
    later: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Measuring:
    """A judge's figures. `noted`: they are in the project's file, which takes those over all answers only. `failed` are
    cases without a verdict, `stopped` is why not all answers were judged."""

    plan: MeasuringPlan
    measured: Measured
    noted: bool
    failed: tuple[Judged, ...] = ()
    used: Used = field(default_factory=Used)
    stopped: PalmsError | None = None


def estimated(chosen: ChosenJudge, cases: Sequence[Case], price: Price | None) -> Estimate:
    """What it takes to have a judge look at cases."""
    if chosen.manner is None:
        return Estimate(len(cases), 0, 0, None)
    ballot = chosen.manner.ballot
    requests = len(cases) * ballot.votes
    tokens_in = sum(estimated_tokens(characters(case, ballot)) for case in cases)
    tokens_out = requests * WRITTEN
    return Estimate(requests, tokens_in, tokens_out, price.of(tokens_in, tokens_out) if price else None)
