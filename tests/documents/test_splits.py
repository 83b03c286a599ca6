from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.splits import SPLITS, split_of


def test_splits_are_as_they_were():
    names = ["health/rash", "health/fever", "political/ballots", "sha256-0123456789ab", "größe", ""]
    assert [split_of(7, name, (0.5, 0.25, 0.25)) for name in names] == [
        "test",
        "train",
        "train",
        "validation",
        "test",
        "train",
    ]


def test_splits_have_about_their_shares():
    counts = Counter(split_of(7, str(number), (0.8, 0.1, 0.1)) for number in range(20_000))
    assert [round(counts[name] / 20_000, 1) for name in SPLITS] == [0.8, 0.1, 0.1]


@given(st.integers(), st.text(), st.integers(0, 10), st.integers(0, 10))
def test_a_split_without_a_share_has_no_samples(seed, name, train, validation):
    shares = (train / 20, validation / 20, 1 - train / 20 - validation / 20)
    assert shares[SPLITS.index(split_of(seed, name, shares))] > 0


@given(st.integers(), st.text(), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_training_share_keeps_what_was_trained_on(seed, name, first, second):
    less, more = sorted((first, second))
    if split_of(seed, name, (less, 1 - less, 0)) == "train" and less > 0:
        assert split_of(seed, name, (more, 1 - more, 0)) == "train"
