"""Texts that are alike meet in a band; the bands never say that two are alike."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.bands import BANDS, band_keys
from palms_spec.analysis.likeness import jaccard, shingles

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(WORDS)
def test_equal_texts_share_all_bands(words):
    keys = band_keys(words)
    assert keys == band_keys(list(words))
    assert len(keys) == (BANDS if words else 0)
    assert len(set(keys)) == len(keys)


def test_texts_of_similarity_point_eight_nearly_always_meet():
    random_ = random.Random(7)
    met, likeness = 0, 0.0
    for _ in range(200):
        words = [f"w{random_.randrange(10**6)}" for _ in range(300)]
        changed = list(words)
        for at in random_.sample(range(5, 295), 11):
            changed[at] = f"x{random_.randrange(10**6)}"
        likeness += jaccard(frozenset(shingles(words)), frozenset(shingles(changed)))
        met += not set(band_keys(words)).isdisjoint(band_keys(changed))
    assert 0.78 < likeness / 200 < 0.84
    assert met / 200 > 0.95, "1 - (1 - .8^4)^8 = .985"


def test_texts_that_share_nothing_do_not_meet():
    random_ = random.Random(8)
    keys = [set(band_keys([f"w{random_.randrange(10**7)}" for _ in range(200)])) for _ in range(200)]
    assert sum(map(len, keys)) == len(set().union(*keys))


@given(WORDS, WORDS)
def test_jaccard_is_symmetric_and_bounded(first, second):
    one, other = frozenset(shingles(first)), frozenset(shingles(second))
    assert jaccard(one, other) == jaccard(other, one)
    assert 0 <= jaccard(one, other) <= 1
    assert (jaccard(one, other) == 1) == (one == other)
