from __future__ import annotations

import pytest

from palms_spec.documents.pack_checks import Wording
from palms_spec.rulekit.packs.checks.swap import cased
from palms_spec.rulekit.packs.wording import WordList


def _found(words, text, **wording):
    return [text[start:end] for start, end, _ in WordList(tuple(words), Wording(**wording)).find(text)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        pytest.param(["can"], "Can a can be canned? I can't, he cannot.", ["Can", "can"], id="whole words"),
        pytest.param(["Google"], "Google's and Googles", ["Google"], id="a possessive is the word itself"),
        pytest.param(
            ["it's important"], "It’s\n  important", ["It’s\n  important"], id="any white space and apostrophe"
        ),
        pytest.param(["well"], "a well-known well", ["well", "well"], id="a hyphen ends a word"),
        pytest.param(["—"], "one—two", ["—"], id="marks stand anywhere"),
        pytest.param(["’"], "it's it’s", ["’"], id="an apostrophe alone is itself"),
        pytest.param(["in the end", "the end"], "In the end, the end", ["In the end", "the end"], id="the longer one"),
        pytest.param(["straße"], "STRASSE, Straße", ["Straße"], id="letters are compared one by one"),
        pytest.param(["sis"], "ſiſ", ["ſiſ"], id="rare forms of letters"),
    ],
)
def test_words_are_found(words, text, found):
    assert _found(words, text) == found


def test_case_can_count():
    assert _found(["US"], "the US and us", case="exact") == ["US"]


def test_words_can_be_found_inside_of_others():
    assert _found(["isation"], "organisation", inside_words=True) == ["isation"]
    assert _found(["isation"], "organisation") == []


def test_words_can_be_asked_for_at_the_start_or_the_end():
    assert _found(["sure"], "“Sure! I am sure.", at="start") == ["Sure"]
    assert _found(["sure"], "“Sure! I am sure.", at="end") == ["sure"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [("behaviour", "behavior"), ("Behaviour", "Behavior"), ("BEHAVIOUR", "BEHAVIOR"), ("bEHAVIOUR", "behavior")],
)
def test_a_suggestion_has_the_case_of_what_it_replaces(found, expected):
    assert cased("behavior", found, fold=True) == expected


def test_a_suggestion_with_capitals_of_its_own_stays_as_it_is():
    assert cased("UK", "United Kingdom", fold=True) == "UK"
