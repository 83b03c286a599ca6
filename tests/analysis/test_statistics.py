"""The statistics agree with their textbooks."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.readability import automated_readability
from palms_spec.analysis.statistics import (
    fewest_for_sign_flip,
    mean_shift,
    median,
    smirnov_critical,
    smirnov_distance,
)

VALUES = st.lists(st.integers(-20, 20), min_size=1, max_size=30)


def test_the_distance_of_a_worked_example():
    assert smirnov_distance(Counter([1, 2, 2, 3]), Counter([2, 3, 4, 5])) == pytest.approx(0.5)


@pytest.mark.parametrize(("alpha", "factor"), [(0.10, 1.224), (0.05, 1.358), (0.01, 1.628)])
def test_critical_values_are_those_of_the_tables(alpha, factor):
    assert smirnov_critical(80, 80, alpha) == pytest.approx(factor * (160 / 6400) ** 0.5, rel=1e-3)


@pytest.mark.parametrize(("tests", "pairs"), [(1, 6), (2, 7), (4, 8), (8, 9), (16, 10)])
def test_the_fewest_prompts_that_can_be_significant(tests, pairs):
    assert fewest_for_sign_flip(0.05, tests) == pairs
    assert 2 / 2**pairs <= 0.05 / tests < 2 / 2 ** (pairs - 1)


def test_just_enough_pairs_are_enough():
    assert fewest_for_sign_flip(2 / 2**5, 1) == 5


@given(VALUES, VALUES)
def test_distances_are_symmetric_and_bounded(first, second):
    ours, theirs = Counter(first), Counter(second)
    assert smirnov_distance(ours, theirs) == smirnov_distance(theirs, ours)
    assert 0 <= smirnov_distance(ours, theirs) <= 1
    assert smirnov_distance(ours, ours) == mean_shift(ours, ours) == 0


@given(VALUES, st.integers(-9, 9))
def test_the_shift_of_moved_values_is_how_far_they_moved(values, by):
    assert mean_shift(Counter(values), Counter(value + by for value in values)) == pytest.approx(abs(by))


@given(VALUES)
def test_the_median_is_that_of_the_values(values):
    assert median(Counter(values)) == sorted(values)[(len(values) - 1) // 2]


def test_the_readability_of_a_text_by_its_formula():
    assert automated_readability(450, 100, 5) == pytest.approx(4.71 * 4.5 + 0.5 * 20 - 21.43)
