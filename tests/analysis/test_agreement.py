"""Cohen's kappa against another implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.agreement import cohen_kappa

WORDS = "abc"


def table(rows):
    return {(WORDS[one], WORDS[other]): count for one, row in enumerate(rows) for other, count in enumerate(row)}


@pytest.mark.parametrize(
    ("rows", "kappa", "low", "high"),
    # statsmodels 0.14.6, statsmodels.stats.inter_rater.cohens_kappa
    [
        ([[53, 5, 2], [11, 14, 5], [1, 6, 3]], 0.4285714, 0.2796949, 0.5774480),
        ([[40, 10, 0], [5, 45, 0], [0, 0, 0]], 0.7, 0.5607322, 0.8392678),
        ([[88, 14, 18], [10, 40, 6], [2, 6, 16]], 0.5270270, 0.4268542, 0.6271999),
    ],
)
def test_value_and_interval_are_those_of_statsmodels(rows, kappa, low, high):
    found = cohen_kappa(table(rows))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((kappa, low, high), abs=1e-6)


def test_where_both_always_say_one_word_there_is_no_kappa():
    assert cohen_kappa({}) is None
    assert cohen_kappa({("a", "a"): 9}) is None


def test_perfect_agreement_is_one_and_chance_is_nothing():
    perfect, chance = cohen_kappa({("a", "a"): 5, ("b", "b"): 7}), cohen_kappa(table([[4, 4, 0], [4, 4, 0], [0, 0, 0]]))
    assert perfect is not None
    assert (perfect.value, perfect.low, perfect.high) == (1, 1, 1)
    assert chance is not None
    assert chance.value == pytest.approx(0)


@given(st.lists(st.integers(0, 50), min_size=9, max_size=9))
def test_it_is_the_same_whoever_comes_first(counts):
    pairs = table([counts[:3], counts[3:6], counts[6:]])
    one, other = cohen_kappa(pairs), cohen_kappa({(b, a): count for (a, b), count in pairs.items()})
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))
        assert -1 <= one.low <= one.value <= one.high <= 1
