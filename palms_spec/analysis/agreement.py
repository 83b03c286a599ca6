"""How far two who judge the same things agree, beyond what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from palms_spec.analysis.proportions import Z95


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa with the bounds of its 95 % interval, over `of` things. 1 is perfect, 0 what chance gives."""

    value: float
    low: float
    high: float
    of: int


def cohen_kappa(pairs: Mapping[tuple[str, str], int]) -> Agreement | None:
    """Cohen's kappa of how often the first said one word and the second another; None where it has no value: of
    nothing, or where both always say the same one word.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
    37-46: (p_o - p_e) / (1 - p_e). The interval is value ± 1.96 times the standard error of J. L. Fleiss, J. Cohen and
    B. S. Everitt, "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969),
    323-327, eq. 13, cut at -1 and 1.
    """
    total = sum(pairs.values())
    if not total:
        return None
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    words = {*first, *second}
    p = {pair: count / total for pair, count in pairs.items()}
    observed = sum(p.get((word, word), 0.0) for word in words)
    expected = sum(first[word] * second[word] for word in words) / total**2
    if expected >= 1:
        return None
    kappa = (observed - expected) / (1 - expected)
    a = sum(p.get((word, word), 0.0) * (1 - (first[word] + second[word]) / total * (1 - kappa)) ** 2 for word in words)
    b = (1 - kappa) ** 2 * sum(
        share * ((second[one] + first[other]) / total) ** 2 for (one, other), share in p.items() if one != other
    )
    c = (kappa - expected * (1 - kappa)) ** 2
    error = sqrt(max(a + b - c, 0.0) / total) / (1 - expected)
    return Agreement(kappa, max(kappa - Z95 * error, -1.0), min(kappa + Z95 * error, 1.0), total)
