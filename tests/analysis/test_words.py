"""Words are counted as word processors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.words import count_words, folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Hello, world - it's 5 o'clock.", ["hello", "world", "its", "5", "oclock"]),
        ("well-known and/or so... ", ["wellknown", "andor", "so"]),
        ("--- *** ...", []),
        ("1,000.50 $3", ["100050", "3"]),
        ("a\x1cb\x0bc", ["a", "b", "c"]),
        ("naïve — café…", ["naïve", "café"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("❤️ yes \ufe0f", ["yes"]),
        ("don't\u00a0stop\u2003now", ["dont", "stop", "now"]),
        ("Straße İstanbul", ["straße", "i̇stanbul"]),
        ("日本語です。 ok", ["日", "本", "語", "で", "す", "ok"]),
    ],
)
def test_words_are_folded(text, words):
    assert folded_words(text) == words


@given(st.text(alphabet=st.sampled_from("ab1 .,-'\n\té—😀\u0301\u200d")))
def test_a_word_is_a_run_that_holds_a_letter_or_a_digit(text):
    runs = [run for run in text.lower().split() if any(character.isalnum() for character in run)]
    assert count_words(text) == len(runs)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_for_ascii_is_the_common_way(text):
    assert folded_words(text) == folded_words(text + " é")[:-1]
