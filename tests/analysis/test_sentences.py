"""Sentences are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.sentences import sentences

CASES = {
    "plain sentences": "It rains. | Take a coat! | Do you have one?",
    "titles and initials": "Dr. Smith met Mrs. J. K. Jones at noon. | She left.",
    "a time before a name, and before a new sentence": "The 5 p.m. Senate vote failed. | It was 5 p.m. | The vote failed.",
    "letters with full stops": "The U.S. Senate met. | He moved to the U.S. | The law differs there.",
    "e.g. and i.e.": "Fruit, e.g. Apples of the Braeburn kind, i.e. Red ones. | More.",
    "numbers": "Prices rose by 3.5 percent in 2020. | Then they fell.",
    "No. before a number and as a word": "Symphony No. 5 is short. | He said no. | Then he left.",
    "quotes and brackets go with their sentence": '“Stop.” | (He did.) | "Really?" she asked.',
    "small letters go on": "What then? he thought ... and waited.",
    "an ellipsis": "Wait... | What?",
    "Chinese and Japanese": "不能诊断。 | 请看医生！ | 「そうです。」 | 終わり",
    "marks of emphasis": "**Call for help.** | Then wait.",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_would_end_them(case):
    expected = case.split(" | ")
    joined = "".join(expected) if not case.isascii() and "。" in case else " ".join(expected)
    assert sentences(joined) == expected


def test_paragraphs_and_items_of_a_list_end_sentences():
    text = "First aid\n\nDo this:\n1. Cool the burn\n2. Cover it\n\n- no ice\n- no butter"
    assert sentences(text) == ["First aid", "Do this:", "1. Cool the burn", "2. Cover it", "- no ice", "- no butter"]


def test_a_broken_line_ends_no_sentence():
    assert sentences("The throat is\nsore. It hurts.") == ["The throat is\nsore.", "It hurts."]


@pytest.mark.parametrize("text", ["", "...", "?!", " \n\n "])
def test_what_holds_no_words_has_no_sentences(text):
    assert sentences(text) == []


@given(st.text(alphabet=st.sampled_from(list("aB1.!?…。」\"') \n-*é")), max_size=60))
def test_no_letter_is_lost(text):
    kept = "".join(sentences(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
