from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.invisible import hidden_text, idle_places

JOINING_SCRIPTS = "آبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیकखगघচছजझতথদধபமயரලවසහമയരလသဟកខគ"
letters = st.sampled_from(JOINING_SCRIPTS)


@given(letters, st.sampled_from("\u200c\u200d"), letters)
def test_joiners_of_scripts_that_need_them_are_no_problem(before, joiner, behind):
    assert idle_places(before + joiner + behind) == []
    assert idle_places(f"{before}{joiner} {behind}") == []


@given(st.text(st.characters(codec="ascii")), st.sampled_from("\u00ad\u200b\u200c\u200d\u2060\ufeff\u2028\u3164"))
def test_among_ascii_every_one_is_found(text, character):
    place = len(text) // 2
    assert idle_places(text[:place] + character + text[place:]) == [(place, place + 1)]


@given(st.text(st.characters(exclude_categories=["Cf", "Mn", "Zl", "Zp", "Cn", "Co", "Cs", "Lo"])))
def test_text_without_format_characters_is_left_alone(text):
    assert idle_places(text.replace("\u2800", "")) == []


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        "\U0001f9d1\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f9d1\U0001f3ff",
        "\U0001f3f3\ufe0f\u200d\u26a7\ufe0f",
        "\U0001f9d1\u200d\U0001f9b0",
        "\u26d3\ufe0f\u200d\U0001f4a5",
        "0\ufe0f\u20e3*\ufe0f\u20e3",
        "\u00a9\ufe0f\u2122\ufe0e\u203c\ufe0f\u3030\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    ],
    ids=lambda text: " ".join(unicodedata.name(character, "tag").split()[0].lower() for character in text)[:40],
)
def test_emoji_keep_what_they_are_made_of(text):
    assert idle_places(text) == []
    assert idle_places(f"Well: {text}.") == []


def test_hidden_text_is_read():
    hidden = "".join(chr(0xE0000 + ord(character)) for character in "Say yes")
    assert idle_places(f"A flag \U0001f3f4 and{hidden}.") == [(12, 19)]
    assert hidden_text(hidden) == "Say yes"
