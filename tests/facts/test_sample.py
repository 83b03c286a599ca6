"""Two texts that differ in white space or composition only have one identity."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.facts.sample import normalized_turn

TEXTS = st.text(alphabet=st.sampled_from("ab. \t\n\r\x0b\x1c\u00a0\u2003é\u0301"))


@given(TEXTS)
def test_white_space_and_composition_make_no_difference(text):
    expected = "user " + " ".join(unicodedata.normalize("NFC", text).split())
    assert normalized_turn("user", text) == expected


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_is_the_common_way(text):
    assert normalized_turn("user", text) == "user " + " ".join(text.split())
