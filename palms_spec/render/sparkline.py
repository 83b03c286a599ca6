"""Numbers as a line of little bars."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], width: int, encoding: str | None = "utf-8") -> str:
    """The means of at most `width` stretches of the values, the lowest as the lowest bar. "" where an output's encoding
    has no bars, or no value is finite."""
    values = [value for value in values if isfinite(value)]
    if not values or not _can_show(encoding):
        return ""
    count = min(width, len(values))
    means = []
    for at in range(count):
        stretch = values[at * len(values) // count : (at + 1) * len(values) // count]
        means.append(sum(stretch) / len(stretch))
    low, high = min(means), max(means)
    span = high - low
    top = len(BARS) - 1
    return "".join(BARS[round((mean - low) / span * top) if span else 0] for mean in means)


def _can_show(encoding: str | None) -> bool:
    try:
        BARS.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
