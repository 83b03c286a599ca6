"""Measure a judge on labelled answers, and keep what it comes to beside its name."""

from __future__ import annotations

from pathlib import Path

from palms_spec.judging.answer_form import Unread
from palms_spec.judging.figures import measure
from palms_spec.judging.judge import Judge, Judged, Used
from palms_spec.judging.kept import KeptVerdict, kept_file, read_kept
from palms_spec.judging.labelled import LabelledSet
from palms_spec.judging.measurements import measurement, note_measurement
from palms_spec.judging.planning import ChosenJudge, Measuring, MeasuringPlan, Price, estimated
from palms_spec.judging.recording import appending
from palms_spec.workflows.judge import Progress, collect


def plan_measuring(
    root: Path, chosen: ChosenJudge, labelled: LabelledSet, *, limit: int | None = None, price: Price | None = None
) -> MeasuringPlan:
    """What measuring a judge takes. Asks nobody."""
    cases = [one.case for one in labelled.answers]
    kept = tuple(read_kept(kept_file(root, chosen.reviewer), cases))
    known = {one.case.key for one in kept}
    missing = [case for case in cases if case.key not in known]
    pending = tuple(missing[:limit])
    return MeasuringPlan(
        chosen, labelled, kept, pending, len(missing) - len(pending), estimated(chosen, pending, price)
    )


def run_measuring(root: Path, plan: MeasuringPlan, judge: Judge | None, progress: Progress) -> Measuring:
    """Ask a judge what is pending, and measure it on all it has said; `judge` may be None where nothing is pending."""
    judged: list[Judged] = []
    stopped = None
    if judge is not None and plan.pending:
        with appending(kept_file(root, plan.chosen.reviewer), KeptVerdict) as records:

            def keep(one: Judged) -> None:
                kept = KeptVerdict.of(one)
                if kept is not None:
                    records.append(kept)

            stopped = collect(judge, plan.pending, judged, keep, progress)
    measured = measure(plan.labelled, [*plan.kept, *judged])
    if measured.complete:
        note_measurement(root, measurement(plan.chosen.reviewer, plan.chosen.asked, plan.labelled, measured))
    used = judge.used if judge is not None else Used()
    failed = tuple(one for one in judged if isinstance(one.outcome, Unread))
    return Measuring(plan, measured, measured.complete, failed, used, stopped)
