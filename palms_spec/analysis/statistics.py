"""Statistics that the standard library is enough for."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log, log2, sqrt


def smirnov_distance(first: Mapping[int, int], second: Mapping[int, int]) -> float:
    """The two-sample Kolmogorov-Smirnov distance of two histograms (value: count), 0 to 1: the largest difference
    between the shares of values up to any one value (Smirnov 1939). Neither may be empty."""
    first_total, second_total = sum(first.values()), sum(second.values())
    first_sum = second_sum = 0
    distance = 0.0
    for value in sorted({*first, *second}):
        first_sum += first.get(value, 0)
        second_sum += second.get(value, 0)
        distance = max(distance, abs(first_sum / first_total - second_sum / second_total))
    return distance


def smirnov_critical(first: int, second: int, alpha: float) -> float:
    """The distance that two samples of these sizes from one distribution exceed with probability `alpha` at most.

    Asymptotic (Smirnov 1948; Knuth, *The Art of Computer Programming*, 3.3.1, eq. 15, two-sided):
    sqrt(-ln(alpha / 2) / 2) * sqrt((n + m) / (n m)); the first factor is 1.358 at .05 and 1.628 at .01. With ties, as
    in histograms, the test errs on the side of no difference (Noether 1963).
    """
    return sqrt(-log(alpha / 2) / 2) * sqrt((first + second) / (first * second))


def mean_shift(first: Mapping[int, int], second: Mapping[int, int]) -> float:
    """How far apart the values of two histograms (value: count) lie on average, in units of the values: the area
    between
    their cumulative shares, which is the first Wasserstein distance (Vallender 1974). Neither may be empty."""
    first_total, second_total = sum(first.values()), sum(second.values())
    first_sum = second_sum = last = 0
    shift = 0.0
    for value in sorted({*first, *second}):
        shift += (value - last) * abs(first_sum / first_total - second_sum / second_total)
        first_sum += first.get(value, 0)
        second_sum += second.get(value, 0)
        last = value
    return shift


def fewest_for_sign_flip(alpha: float, tests: int) -> int:
    """The fewest pairs with which a two-sided sign-flip test can reach `alpha` under Holm over so many tests.

    Its smallest p-value over n pairs is 2 / 2^n (Fisher 1935), and Holm's (1979) first step asks for alpha / tests:
    6 pairs for .05 alone, 9 over 8 tests, 10 over 16.
    """
    return ceil(log2(2 * tests / alpha) - 1e-12)


def median(histogram: Mapping[int, int]) -> int:
    """The lower median of a histogram (value: count) that is not empty."""
    left = (sum(histogram.values()) + 1) // 2
    for value in sorted(histogram):
        left -= histogram[value]
        if left <= 0:
            return value
    raise ValueError("an empty histogram has no median")
