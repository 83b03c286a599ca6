"""Shares and their intervals against published ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.proportions import f1, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), Table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_s_interval_is_that_of_newcombe_s_table(hits, of, low, high):
    share = wilson(hits, of)
    assert share is not None
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)
    assert (share.value, share.of) == (hits / of, of)


@given(st.integers(1, 10**9).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_is_the_mirror_of_that_of_the_rest(counts):
    hits, of = counts
    share, rest = wilson(hits, of), wilson(of - hits, of)
    assert share is not None
    assert rest is not None
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low == pytest.approx(1 - rest.high)


def test_of_nothing_there_is_no_share():
    assert wilson(0, 0) is None
    assert f1(0, 0, 0) is None


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(found, false, missed):
    share = f1(found, false, missed)
    if share is None:
        assert not found + false + missed
        return
    assert share.low <= share.value <= share.high
    if found:
        precision, recall = found / (found + false), found / (found + missed)
        assert share.value == pytest.approx(2 * precision * recall / (precision + recall))
    else:
        assert share.value == 0
