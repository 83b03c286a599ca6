"""Shares of counted things, with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""The 0.975 quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A value between 0 and 1 with the bounds of its 95 % interval, from `of` things that were counted."""

    value: float
    low: float
    high: float
    of: int


def wilson(hits: int, of: int) -> Share | None:
    """A share with its 95 % score interval; None of nothing.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212: the bounds are those values that a two-sided score test does not reject,
    (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). No continuity correction (method 3 of R. G. Newcombe,
    Statistics in Medicine 17 (1998), 857-872).
    """
    if not of:
        return None
    p, z2 = hits / of, Z95 * Z95
    middle = p + z2 / (2 * of)
    half = Z95 * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    scale = 1 + z2 / of
    low = 0.0 if hits == 0 else (middle - half) / scale
    high = 1.0 if hits == of else (middle + half) / scale
    return Share(p, low, high, of)


def f1(found: int, false: int, missed: int) -> Share | None:
    """The F1 of so many that were rightly found, wrongly found, and missed, with a 95 % interval; None without any.

    F1 = 2 found / (2 found + false + missed) = 2J / (1 + J), where J = found / (found + false + missed) is a share.
    Since F1 grows with J, the bounds are those of Wilson's interval for J, taken the same way.
    """
    share = wilson(found, found + false + missed)
    if share is None:
        return None
    value, low, high = (2 * one / (1 + one) for one in (share.value, share.low, share.high))
    return Share(value, low, high, share.of)
