"""Have a judge give verdicts, and keep each as a review record as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from palms_spec.documents.reviews import Review
from palms_spec.errors import PalmsError, UsageError
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judge, Judged, review_of
from palms_spec.judging.measurements import read_measurements
from palms_spec.judging.planning import Cases, ChosenJudge, JudgePlan, JudgeRun, Price, estimated
from palms_spec.judging.recording import RecordFile, appending
from palms_spec.sources.locked import locked

LOCKS = ".palms/cache"
Progress = Callable[[float], None]


def plan_judging(
    root: Path, chosen: ChosenJudge, cases: Cases, *, limit: int | None = None, price: Price | None = None
) -> JudgePlan:
    """What judging the pending cases of a project comes to. Asks nobody."""
    if limit is not None and limit < 1:
        raise UsageError("--limit is at least 1")
    pending = tuple(cases.pending[:limit])
    estimate = estimated(chosen, [one.case for one in pending], price)
    return JudgePlan(chosen, cases, pending, estimate, tuple(read_measurements(root).of(chosen.reviewer)))


@contextmanager
def alone(root: Path, reviewer: str) -> Iterator[None]:
    """Let no other process of this project ask the same judge meanwhile. Raises UsageError where one does."""
    name = sha256(reviewer.encode()).hexdigest()[:16]
    with locked(root / LOCKS / f"judge-{name}.lock", patience=0.0, busy=f"another palms is asking {reviewer}"):
        yield


def run_judging(root: Path, plan: JudgePlan, judge: Judge | None, progress: Progress) -> JudgeRun:
    """Judge what is planned. Each verdict is on the disk before the next is looked at, so whatever ends the process,
    nothing is lost but the answers under way, and the next call asks only for what is missing. `judge` may be None
    where nothing is planned."""
    if judge is None:
        return JudgeRun()
    run = JudgeRun(used=judge.used)
    files = {one.case.key: one.file for one in plan.pending}
    with ExitStack() as stack:
        records: dict[str, RecordFile] = {}

        def keep(judged: Judged) -> None:
            review = review_of(judged, plan.chosen.reviewer)
            if review is None:
                return
            name = files[judged.case.key]
            if name not in records:
                records[name] = stack.enter_context(appending(root / name, Review))
            records[name].append(review)

        run.stopped = collect(judge, [one.case for one in plan.pending], run.judged, keep, progress)
        run.files = tuple(records)
    return run


def collect(
    judge: Judge,
    cases: Sequence[Case],
    judged: list[Judged],
    keep: Callable[[Judged], None],
    progress: Progress,
) -> PalmsError | None:
    """Add to `judged` what a judge makes of cases, each once it is kept; why it stopped early, None if it did not."""
    try:
        for one in _told(judge.judged(cases), len(cases), progress):
            keep(one)
            judged.append(one)
    except PalmsError as error:
        return error
    finally:
        progress(1.0)
    return None


def _told(judged: Iterable[Judged], of: int, progress: Progress) -> Iterator[Judged]:
    for number, one in enumerate(judged, 1):
        yield one
        progress(number / of)
