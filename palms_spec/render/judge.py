"""What `palms judge` says before it judges, and what has come of it, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from palms_spec.comparison.telling import counted
from palms_spec.judging.answer_form import Unread
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judged, Used
from palms_spec.judging.measurements import Measurement, ValueEntry
from palms_spec.judging.planning import ChosenJudge, Estimate, JudgePlan, JudgeRun, MeasuringPlan, Price
from palms_spec.judging.prompt import messages
from palms_spec.render.escaping import visible
from palms_spec.render.fields import dollars, write_field
from palms_spec.render.terminal import Output, Part, Style
from palms_spec.render.wrapping import wrapped_parts

MOST_SHOWN = 10
STYLES: dict[str, Style] = {"violates": "error", "unclear": "warning", "adheres": "good"}


def write_plan(plan: JudgePlan, out: Output) -> None:
    """Write what would be judged."""
    _write_judge(plan.chosen, out)
    write_field("measured", _measured(plan.measured), out, text_style="plain" if plan.measured else "warning")
    write_field("to judge", _to_judge(plan), out)
    if plan.pending:
        _write_estimate(plan.chosen, plan.estimate, out)
    for path in plan.cases.unread:
        write_field("passed over", f"{path} cannot be read to its end; `palms lint` says why", out, "warning")


def write_measuring_plan(plan: MeasuringPlan, out: Output) -> None:
    """Write what would be asked to measure a judge."""
    _write_judge(plan.chosen, out)
    total = len(plan.labelled.answers)
    told = f"{len(plan.pending):,} of {counted(total, 'labelled answer')} in {plan.labelled.path}"
    if plan.kept:
        told += f"; it has judged {len(plan.kept):,} before"
    if plan.later:
        told += f"; {plan.later:,} are left for another call"
    write_field("to judge", told, out)
    if plan.pending:
        _write_estimate(plan.chosen, plan.estimate, out)


def _write_judge(chosen: ChosenJudge, out: Output) -> None:
    write_field("judge", chosen.place, out)
    write_field("signs as", chosen.reviewer, out)


def _measured(found: Sequence[Measurement]) -> str:
    if not found:
        return "never: --validate LABELLED tells how far it can be believed"
    last = max(found, key=lambda one: one.at)
    figures = last.whole
    return (
        f"{last.at:%Y-%m-%d} on {counted(figures.answers, 'answer')} of {last.labelled}: precision "
        f"{_value(figures.precision)}, recall {_value(figures.recall)}, kappa {_value(figures.kappa)}"
    )


def _value(one: ValueEntry | None) -> str:
    return "-" if one is None else f"{one.value:.2f}"


def _to_judge(plan: JudgePlan) -> str:
    stale = sum(one.stale for one in plan.pending)
    told = f"{len(plan.pending):,} of {counted(plan.cases.total, 'pair')} of a sample and a position"
    if plan.pending:
        told += f": {len(plan.pending) - stale:,} without a verdict, {stale:,} with a stale one"
    if plan.cases.done:
        told += f"; it has judged {plan.cases.done:,} before"
    if plan.cases.reviewed:
        told += f"; others have judged {plan.cases.reviewed:,} (--also-reviewed takes them too)"
    if plan.later:
        told += f"; {plan.later:,} are left for another call"
    return told


def _write_estimate(chosen: ChosenJudge, estimate: Estimate, out: Output) -> None:
    if chosen.manner is None:
        write_field("cost", "not known: it is a program of yours", out)
        return
    ballot = chosen.manner.ballot
    votes = f"{counted(ballot.votes, 'vote')} each" if ballot.votes > 1 else "one vote each"
    write_field(
        "requests",
        f"{estimate.requests:,} ({votes}), about {estimate.tokens_in:,} tokens in and {estimate.tokens_out:,} out",
        out,
    )
    if estimate.dollars is None:
        write_field(
            "cost", "not known: palms has no table of prices; --price reckons with yours", out, text_style="warning"
        )
    else:
        write_field("cost", f"about {dollars(estimate.dollars)} by the price that you gave", out)


def write_prompt(case: Case, chosen: ChosenJudge, out: Output) -> None:
    """Write what is sent of a case, as it is sent for the first vote; to a program the line it is written."""
    out.line()
    out.line(("What is sent of ", "faint"), visible(case.sample), (" and ", "faint"), visible(case.position.id))
    if chosen.manner is None:
        from palms_spec.judging.program_judge import request_line

        out.line(visible(request_line("1", case).rstrip("\n")))
        return
    for message in messages(case, chosen.manner.ballot.orders(case)[0]):
        out.line((f"--- {message.role}", "faint"))
        for line in message.content.split("\n"):
            out.line(visible(line))


def write_cases(cases: Sequence[Case], out: Output, *, everything: bool) -> None:
    """Write which cases would be judged."""
    shown = cases if everything else cases[:MOST_SHOWN]
    out.line()
    for case in shown:
        _write_name([], case, out)
    _write_more(len(cases) - len(shown), out)


def write_run(run: JudgeRun, price: Price | None, out: Output, *, everything: bool) -> None:
    """Write what has come of judging."""
    if not run.judged and run.stopped is None:
        out.line("Nothing is left to judge.")
        return
    for verdict in ("violates", "unclear"):
        _write_judged(run.said(verdict), verdict, out, everything=everything)
    write_failed(run.failed, out, everything=everything)
    counts = ", ".join(f"{len(run.said(verdict)):,} {word}" for verdict, word in _COUNTED)
    told = len(run.judged) - len(run.failed)
    write_field("judged", f"{counted(told, 'pair')}: {counts}" if told else "nothing", out)
    if run.failed:
        write_field(
            "no verdict", f"{counted(len(run.failed), 'pair')}; the next call asks for them again", out, "error"
        )
    for file in run.files:
        write_field("written to", file, out)
    write_used(run.used, price, out)


def write_failed(failed: Sequence[Judged], out: Output, *, everything: bool) -> None:
    """Write which cases have no verdict, and why."""
    _write_judged(failed, "no verdict", out, everything=everything)


_COUNTED = (("adheres", "adhere"), ("violates", "violate"), ("unclear", "unclear"))


def _write_judged(judged: Sequence[Judged], title: str, out: Output, *, everything: bool) -> None:
    shown = judged if everything else judged[:MOST_SHOWN]
    for one in shown:
        why = _why(one) if isinstance(one.outcome, Unread) else one.outcome.rationale
        style: Style = STYLES.get(title, "error")
        _write_name([(title, style)], one.case, out)
        for line in wrapped_parts([visible(why)], out.terminal.width, first="  ", indent="  "):
            out.line(*line)
    _write_more(len(judged) - len(shown), out)
    if judged:
        out.line()


def _why(one: Judged) -> str:
    assert isinstance(one.outcome, Unread)
    return f"its answer cannot be read: {one.outcome.why}" if one.asked else one.outcome.why


def _write_name(lead: list[Part], case: Case, out: Output) -> None:
    own = "" if case.sample.rpartition("/")[2] in case.path else f" {case.sample}"
    parts: list[Part] = [
        *lead,
        " " if lead else "",
        visible(case.path + own),
        " ",
        (visible(case.position.id), "faint"),
    ]
    for line in wrapped_parts(parts, out.terminal.width, indent="  "):
        out.line(*line)


def _write_more(number: int, out: Output) -> None:
    if number:
        out.line((f"and {number:,} more, shown with --all", "faint"))


def write_used(used: Used, price: Price | None, out: Output) -> None:
    """Write what was asked for, and what it cost where both the price and all tokens are known."""
    if not used.requests or not (used.tokens_in or used.untold):
        return
    told = f"{counted(used.requests, 'request')}, {used.tokens_in:,} tokens in and {used.tokens_out:,} out"
    if used.untold:
        told += f"; the server does not tell the tokens of {used.untold:,}"
    elif price is not None:
        told += f", {dollars(price.of(used.tokens_in, used.tokens_out))}"
    write_field("used", told, out)


def case_values(cases: Iterable[Case]) -> list[dict[str, str]]:
    """Cases, as JSON values."""
    return [
        {
            "sample": one.sample,
            "path": one.path,
            "position": one.position.id,
            "sample_hash": one.sample_hash,
            "position_hash": one.position_hash,
        }
        for one in cases
    ]
