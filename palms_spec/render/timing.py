"""Where the time of a run went: by phase, then by rule, the slowest first."""

from __future__ import annotations

from collections.abc import Iterable

from palms_spec.engine.timing import LOOKING, Timing
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.rulekit.index import RuleRecord

MOST_RULES = 20


def write_timing(
    timing: Timing, out: Output, limit: int | None = MOST_RULES, records: Iterable[RuleRecord] = ()
) -> None:
    """Write milliseconds by phase, and by rule with the number of calls; of rules `limit` at most, None is all.

    Of rules of packs among the records, patterns are named that had to be looked for in every sample.
    """
    width = max(map(len, (*timing.phases, *timing.rules)), default=0)
    out.line(("phase", "strong"), " " * (width - 3), ("      ms", "strong"))
    for name, seconds in timing.phases.items():
        out.line(f"{name:<{width}}  {_milliseconds(seconds)}")
    if LOOKING not in timing.phases:
        out.line("Findings came from earlier results; with --no-cache the rules run.")
    if not timing.rules:
        return
    out.line()
    out.line(("rule", "strong"), " " * (width - 2), ("      ms", "strong"), ("       calls", "strong"))
    slowest = sorted(timing.rules.items(), key=lambda item: (-item[1][1], item[0]))
    for name, (calls, seconds) in slowest[:limit]:
        out.line(f"{name:<{width}}  {_milliseconds(seconds)}  {calls:>10,}")
    if limit is not None and len(slowest) > limit:
        rest = sum(seconds for _, (_, seconds) in slowest[limit:])
        out.line(f"{f'… and {len(slowest) - limit} more':<{width}}  {_milliseconds(rest)}")
    costly = [record for record in records if record.underived and record.subject == "sample"]
    if costly:
        out.line()
        out.line(("looked for in every sample", "strong"), ", for no text is known that has to be there:")
    for record in costly:
        out.line(f"{record.name}: {visible('  '.join(record.underived))}")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:>8,.1f}"
