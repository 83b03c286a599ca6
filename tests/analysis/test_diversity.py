"""Measures of variety, against values worked out by hand."""

from __future__ import annotations

import pytest

from palms_spec.analysis.diversity import distinct_openings, most_alike, type_token_ratio


def test_openings_are_counted_by_their_first_four_words():
    assert distinct_openings([list("abcde"), list("abcdx"), list("xbcd"), []]) == (2, 3)


def test_the_ratio_of_a_short_text_is_that_of_the_whole():
    assert type_token_ratio(list("aabb")) == 0.5
    assert type_token_ratio([]) == 0.0


def test_the_ratio_of_a_long_text_does_not_depend_on_its_length():
    words = [f"w{number % 250}" for number in range(500)]
    assert type_token_ratio(words) == 0.5
    assert type_token_ratio(words * 3) == pytest.approx(0.5)


def test_the_window_moves_word_by_word():
    words = ["a"] * 500 + ["b"]
    assert type_token_ratio(words) == pytest.approx((1 + 2) / 2 / 500)


def test_the_two_texts_most_alike_are_named():
    texts = [list("abcdef"), list("uvwxyz"), list("abcdeX")]
    likeness, one, other = most_alike(texts)
    assert (one, other) == (0, 2)
    assert likeness == 3 / 5
