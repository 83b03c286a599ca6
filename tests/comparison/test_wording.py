from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.wording import Piece, word_hunks, word_pieces
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
