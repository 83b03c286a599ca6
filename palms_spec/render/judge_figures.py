"""How good a judge is, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.agreement import Agreement
from palms_spec.analysis.proportions import Share
from palms_spec.comparison.telling import counted
from palms_spec.judging.biases import Shift
from palms_spec.judging.figures import SAID, Figures, Measured
from palms_spec.judging.measurements import FILE
from palms_spec.judging.planning import Measuring
from palms_spec.render.cells import cells
from palms_spec.render.escaping import visible
from palms_spec.render.fields import write_field
from palms_spec.render.terminal import Output

MOST_SHOWN = 10
CELL = 14
NOTHING = "-"


def write_measuring(found: Measuring, out: Output, *, everything: bool) -> None:
    """Write a judge's figures."""
    measured = found.measured
    _write_wrong(measured, out, everything=everything)
    _write_table(measured, out)
    out.line()
    write_field("kappa", _agreement(measured.whole.kappa), out)
    write_field("order", _order(measured), out)
    write_field("length", _length(measured), out)
    write_field("said", _said(measured.whole), out)
    if measured.unasked:
        told = f"{counted(measured.unasked, 'answer')} of {len(found.plan.labelled.answers):,}"
        write_field("not judged", f"{told}; these figures are kept once all are", out, "warning")
    if found.noted:
        write_field("kept in", f"{FILE}, as {found.plan.chosen.reviewer}", out)


def _write_table(measured: Measured, out: Output) -> None:
    rows = [("all", measured.whole), *measured.by_tier.items(), *measured.by_category.items()]
    room = out.terminal.width - 6 - 4 * (CELL + 1)
    width = max(min(max(cells(visible(name)) for name, _ in rows), room), 4)
    head = "".join(f" {title:<{CELL}}" for title in ("precision", "recall", "F1", "accuracy"))
    out.line((f"{'':{width}}  {'n':>4}{head}".rstrip(), "faint"))
    for name, figures in rows:
        shares = (figures.precision, figures.recall, figures.f1, figures.accuracy)
        line = "".join(f" {_share(one):<{CELL}}" for one in shares)
        shown = visible(name)
        shown = shown if cells(shown) <= width else shown[: width - 1] + "…"
        gap = " " * (width - cells(shown))
        out.line((shown + gap, "strong" if name == "all" else "plain"), f"  {figures.answers:>4,}{line}".rstrip())


def _share(one: Share | None) -> str:
    """A share with its interval in as little room as they take: `.93 (.90-.95)`."""
    return NOTHING if one is None else f"{_short(one.value)} ({_short(one.low)}-{_short(one.high)})"


def _short(value: float) -> str:
    text = f"{value:.2f}"
    return "1.0" if text == "1.00" else text.removeprefix("0")


def _agreement(one: Agreement | None) -> str:
    if one is None:
        return "none: judge or labels know one word only"
    return f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f}) with the labels; 0 is chance, 1 is perfect"


def _shift(one: Shift) -> str:
    return f"{one.value:+.2f} ({one.low:+.2f} to {one.high:+.2f}) of 4 points"


def _order(measured: Measured) -> str:
    if measured.order is None:
        return "not measured: it takes answers that were judged on the scale in both orders, as --votes 2 has it"
    changed = measured.order.changed
    return (
        f"{_shift(measured.order.shift)} where high numbers stand for adhering; the verdict changes with the order "
        f"for {changed.value:.0%} ({changed.low:.0%} to {changed.high:.0%}) of {changed.of:,}"
    )


def _length(measured: Measured) -> str:
    if measured.length is None:
        return "not measured: too few answers are alike"
    shift = measured.length.shift
    return f"{_shift(shift)} for the longer half of answers alike in label, category and tier, {shift.of:,} in all"


def _said(figures: Figures) -> str:
    return ", ".join(f"{word} {figures.said(word):,}" for word in SAID)


def _write_wrong(measured: Measured, out: Output, *, everything: bool) -> None:
    shown = measured.wrong if everything else measured.wrong[:MOST_SHOWN]
    for one, said in shown:
        out.line(
            f"{visible(one.case.sample)}  ",
            (f"{one.label}, judged {said}", "warning"),
            f"  {visible(one.tier)}".rstrip(),
        )
    if len(measured.wrong) > len(shown):
        out.line((f"and {len(measured.wrong) - len(shown):,} more, shown with --all", "faint"))
    if measured.wrong:
        out.line()


def wrong_values(measured: Measured) -> Iterator[dict[str, str]]:
    """The answers that a judge is not right about, as JSON values."""
    for one, said in measured.wrong:
        yield {
            "id": one.case.sample,
            "position": one.case.position.id,
            "category": one.category,
            "tier": one.tier,
            "label": one.label,
            "judged": said,
        }
