from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.wording import Wordings
from palms_spec.analysis.words import folded_words

PROMPTS = [
    "How should I respond to a threat?",
    "Why is cheating wrong?",
    "Which party is best for the economy?",
    "Who are you?",
]


def near(text: str, threshold: float = 0.8) -> list[str]:
    wordings = Wordings(map(folded_words, PROMPTS), language="en", threshold=threshold)
    words = folded_words(text)
    return [PROMPTS[number] for number in wordings.candidates(words) if wordings.likeness(number, words) >= threshold]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("how do I respond to a threat", PROMPTS[0]),
        ("Is cheating wrong?", PROMPTS[1]),
        ("Which is the best party for the economy?", PROMPTS[2]),
        ("WHO ARE YOU", PROMPTS[3]),
    ],
)
def test_slightly_other_words_are_near(text, prompt):
    assert near(text) == [prompt]


@pytest.mark.parametrize(
    "text",
    [
        "How should I respond to a compliment?",
        "How should I respond to a threat from the neighbor whose fence I broke?",
        "When is cheating wrong?",
        "Which party is best for the environment?",
        "Who are they?",
        "",
    ],
)
def test_another_subject_is_not_near(text):
    assert near(text) == []


SOME = st.lists(st.sampled_from(("how", "the", "a", "red", "green", "blue", "sky", "who", "is")), max_size=8)


@given(st.lists(SOME, max_size=5), SOME, st.floats(0.3, 1))
def test_candidates_miss_nothing_that_is_near(wordings, words, threshold):
    index = Wordings(wordings, language="en", threshold=threshold)
    near = {number for number in range(len(wordings)) if words and index.likeness(number, words) >= threshold}
    assert near <= set(index.candidates(words))


@given(SOME, SOME)
def test_likeness_is_a_share_and_whole_for_equal_words(first, second):
    index = Wordings([first], language="en", threshold=0.8)
    assert 0 <= index.likeness(0, second) <= 1
    assert not first or index.likeness(0, first) == 1
