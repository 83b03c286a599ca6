from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.wording import Piece, first_difference, word_hunks, word_pieces
from palms_spec.documents.identity import normalized

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "not", "must"]), max_size=12).map(" ".join) | st.text(max_size=20)


def test_a_word_diff_shows_what_went_before_what_came():
    assert word_pieces("An answer must\nsay so.", "An answer may say so, always.") == [
        Piece("kept", "An answer"),
        Piece("removed", "must"),
        Piece("added", "may"),
        Piece("kept", "say"),
        Piece("removed", "so."),
        Piece("added", "so, always."),
    ]


@given(TEXTS, TEXTS)
def test_the_pieces_hold_both_texts(base, head):
    pieces = word_pieces(base, head)
    for text, other in ((base, "added"), (head, "removed")):
        assert " ".join(piece.text for piece in pieces if piece.fate != other).split() == normalized(text).split()


@given(TEXTS, TEXTS)
def test_a_diff_seen_from_the_other_side_is_turned_round(base, head):
    assert [hunk[::-1] for hunk in word_hunks(base, head)] == list(word_hunks(head, base))


def test_texts_that_repeat_few_words_are_compared_at_their_ends_alone():
    base = "one " + "a b " * 4_000 + "end"
    head = "one " + "b b a " * 3_000 + "end"
    hunks = list(word_hunks(base, head))
    assert (hunks[0], hunks[-1]) == ((["one"], ["one"]), (["b", "end"], ["b", "end"])) or len(hunks) == 3
    assert [word for removed, _ in hunks for word in removed] == base.split()
    assert [word for _, added in hunks for word in added] == head.split()
    assert list(word_hunks(head, base)) == [(added, removed) for removed, added in hunks]


def test_of_a_long_text_what_is_near_a_change_is_shown():
    words = [f"w{number}" for number in range(60)]
    base, head = " ".join(words), " ".join([*words[:30], "new", *words[31:]])
    kept, gone, come, rest = word_pieces(base, head, around=4)
    assert (kept.text, gone.text, come.text, rest.text) == ("… w26 w27 w28 w29", "w30", "new", "w31 w32 w33 w34 …")
    assert [piece.text for piece in word_pieces("a b c d e", "a b x d e", around=4)] == ["a b", "c", "x", "d e"]


@pytest.mark.parametrize(
    ("text", "other", "part"),
    [
        ("one two three", "one two four", "three"),
        ("one\n  two three", "one three", "two"),
        ("one three", "one two three", "one"),
        ("three", "two three", "three"),
        ("zero one", "one", "zero"),
        ("same words", "same  words", None),
        ("some", "", None),
        ("", "some", None),
    ],
)
def test_the_first_difference_is_a_place_in_the_text(text, other, part):
    place = first_difference(text, other)
    assert (text[slice(*place)] if place else None) == part


@given(TEXTS, TEXTS)
def test_what_is_pointed_at_is_in_the_text(base, head):
    place = first_difference(base, head)
    assert place is None or base[slice(*place)].strip() == base[slice(*place)] != ""
