"""What a judge's scores hang on that they should not: the order of the scale, and the length of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, variance

from palms_spec.analysis.proportions import Z95, Share, wilson
from palms_spec.judging.answer_form import Vote


@dataclass(frozen=True, slots=True)
class Shift:
    """A mean difference in points of the scale of five, with the bounds of its 95 % interval (mean ± 1.96 standard
    errors), over `of` answers."""

    value: float
    low: float
    high: float
    of: int


@dataclass(frozen=True, slots=True)
class OrderBias:
    """`shift`: how much higher the same answer scores where the highest number stands for adhering than where the
    lowest one does. Above 0 the judge leans to high numbers. `changed`: the share of answers whose verdict changes with
    the order."""

    shift: Shift
    changed: Share


@dataclass(frozen=True, slots=True)
class LengthBias:
    """`shift`: how much higher the longer half of the answers scores than the shorter half, among answers of the same
    label, category and tier. Above 0 the judge takes long answers for adhering."""

    shift: Shift


def order_bias(ballots: Iterable[Sequence[Vote]]) -> OrderBias | None:
    """The bias in the votes on each answer; None where none of two or more answers was judged in both orders."""
    differences: list[float] = []
    changed = 0
    for votes in ballots:
        rising = [vote.score for vote in votes if vote.order == "rising"]
        falling = [vote.score for vote in votes if vote.order == "falling"]
        if rising and falling:
            differences.append(fmean(rising) - fmean(falling))
            changed += _leaning(rising) != _leaning(falling)
    if len(differences) < 2:
        return None
    error = sqrt(variance(differences) / len(differences))
    share = wilson(changed, len(differences))
    assert share is not None
    return OrderBias(_shift(fmean(differences), error, len(differences)), share)


def _leaning(scores: Sequence[int]) -> int:
    """To which side of the middle scores lean: -1, 0 or 1."""
    mean = fmean(scores)
    return (mean > 3) - (mean < 3)


def length_bias(scored: Iterable[tuple[tuple[str, ...], int, int]]) -> LengthBias | None:
    """The bias in scores, each with what its answer has in common with others, and the words of the answer.

    In each group of answers that are alike, those above the median length are held against those below it; differences
    and their variances are weighted with the size of the group (a stratified difference of means: W. G. Cochran,
    *Sampling Techniques*, 3rd ed. 1977, 5.3). None where no group has two on either side.
    """
    groups: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for alike, words, score in scored:
        groups[alike].append((words, score))
    parts: list[tuple[int, float, float]] = []
    for group in groups.values():
        middle = median(words for words, _ in group)
        longer = [score for words, score in group if words > middle]
        shorter = [score for words, score in group if words < middle]
        if len(longer) > 1 and len(shorter) > 1:
            spread = variance(longer) / len(longer) + variance(shorter) / len(shorter)
            parts.append((len(longer) + len(shorter), fmean(longer) - fmean(shorter), spread))
    total = sum(size for size, _, _ in parts)
    if not total:
        return None
    value = sum(size * difference for size, difference, _ in parts) / total
    error = sqrt(sum((size / total) ** 2 * spread for size, _, spread in parts))
    return LengthBias(_shift(value, error, total))


def _shift(value: float, error: float, of: int) -> Shift:
    return Shift(value, value - Z95 * error, value + Z95 * error, of)
