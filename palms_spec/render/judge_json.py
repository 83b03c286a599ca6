"""What `palms judge` says, as JSON values. `VERSION` goes up when something is renamed or removed."""

from __future__ import annotations

from typing import Any

from palms_spec.judging.answer_form import Unread
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judged, Used
from palms_spec.judging.measurements import measurement
from palms_spec.judging.planning import ChosenJudge, Estimate, JudgePlan, JudgeRun, Measuring, MeasuringPlan
from palms_spec.judging.prompt import messages
from palms_spec.render.judge import case_values
from palms_spec.render.judge_figures import wrong_values

VERSION = 1


def plan_value(plan: JudgePlan) -> dict[str, Any]:
    """What would be judged."""
    return {
        "version": VERSION,
        **_judge(plan.chosen),
        "measured": [one.model_dump(mode="json") for one in plan.measured],
        "total": plan.cases.total,
        "judged_before": plan.cases.done,
        "judged_by_others": plan.cases.reviewed,
        "later": plan.later,
        "unread": list(plan.cases.unread),
        "pending": [
            {**value, "stale": one.stale}
            for one, value in zip(plan.pending, case_values(one.case for one in plan.pending), strict=True)
        ],
        "estimate": _estimate(plan.estimate),
        "first": first_value(plan.pending[0].case, plan.chosen) if plan.pending else None,
    }


def measuring_plan_value(plan: MeasuringPlan) -> dict[str, Any]:
    """What would be asked to measure a judge."""
    return {
        "version": VERSION,
        **_judge(plan.chosen),
        "labelled": plan.labelled.path,
        "labelled_sha256": plan.labelled.sha256,
        "total": len(plan.labelled.answers),
        "judged_before": len(plan.kept),
        "later": plan.later,
        "pending": case_values(plan.pending),
        "estimate": _estimate(plan.estimate),
        "first": first_value(plan.pending[0], plan.chosen) if plan.pending else None,
    }


def run_value(plan: JudgePlan, run: JudgeRun) -> dict[str, Any]:
    """What has come of judging."""
    return {
        "version": VERSION,
        **_judge(plan.chosen),
        "verdicts": [_verdict(one) for one in run.judged if not isinstance(one.outcome, Unread)],
        "failed": [_failure(one) for one in run.failed],
        "files": list(run.files),
        "used": _used(run.used),
        "stopped": run.stopped.message if run.stopped is not None else None,
    }


def measuring_value(found: Measuring) -> dict[str, Any]:
    """A judge's figures, with what it is not right about."""
    entry = measurement(found.plan.chosen.reviewer, found.plan.chosen.asked, found.plan.labelled, found.measured)
    return {
        "version": VERSION,
        "measurement": entry.model_dump(mode="json"),
        "kept": found.noted,
        "not_judged": found.measured.unasked,
        "wrong": list(wrong_values(found.measured)),
        "used": _used(found.used),
        "stopped": found.stopped.message if found.stopped is not None else None,
    }


def first_value(case: Case, chosen: ChosenJudge) -> Any:
    """What is sent of a case for its first vote."""
    if chosen.manner is None:
        from palms_spec.judging.program_judge import request_line

        return request_line("1", case).rstrip("\n")
    order = chosen.manner.ballot.orders(case)[0]
    return [{"role": one.role, "content": one.content} for one in messages(case, order)]


def _judge(chosen: ChosenJudge) -> dict[str, Any]:
    return {"judge": chosen.reviewer, "asked": dict(chosen.asked)}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "requests": estimate.requests,
        "tokens_in": estimate.tokens_in,
        "tokens_out": estimate.tokens_out,
        "dollars": estimate.dollars,
    }


def _used(used: Used) -> dict[str, int]:
    return {
        "requests": used.requests,
        "tokens_in": used.tokens_in,
        "tokens_out": used.tokens_out,
        "untold": used.untold,
    }


def _verdict(one: Judged) -> dict[str, Any]:
    assert not isinstance(one.outcome, Unread)
    (value,) = case_values([one.case])
    votes = [{"order": vote.order, "score": vote.score} for vote in one.votes]
    return {
        **value,
        "verdict": one.outcome.verdict,
        "score": one.outcome.score,
        "rationale": one.outcome.rationale,
        "votes": votes,
    }


def _failure(one: Judged) -> dict[str, Any]:
    assert isinstance(one.outcome, Unread)
    (value,) = case_values([one.case])
    return {**value, "why": one.outcome.why}
