from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from palms_spec.render.escaping import is_safe, visible
from palms_spec.render.snippet import ELLIPSIS, snippet, windowed
from palms_spec.sources.excerpts import Excerpt, ExcerptLine


def shown(line: ExcerptLine, width: int = 40, more: int = 0) -> list[str]:
    lines = snippet(Excerpt((line,), more), width, 2, "error")
    return ["".join(part if isinstance(part, str) else part[0] for part in parts) for parts in lines]


def test_carets_stand_under_the_marked_text():
    assert shown(ExcerptLine(7, "a ", "bad", " word")) == ["   |", " 7 | a bad word", "   |   ^^^"]


def test_an_empty_span_has_one_caret():
    assert shown(ExcerptLine(7, "ab", "", "cd")) == ["   |", " 7 | abcd", "   |   ^"]


@pytest.mark.parametrize(
    ("before", "marked", "blanks", "carets"),
    [
        pytest.param("日本", "語", 4, 2, id="wide characters"),
        pytest.param("e\u0301", "e\u0301", 1, 1, id="combining marks"),
        pytest.param("👩\u200d👧 ", "👍🏽", 3, 2, id="emoji of several characters"),
        pytest.param("\t", "\t", 4, 4, id="tabs"),
        pytest.param("a\x1b", "\u202e", 5, 6, id="what is shown as an escape"),
        pytest.param("a", "\u200d", 1, 1, id="a mark without width has a caret all the same"),
    ],
)
def test_carets_count_cells(before, marked, blanks, carets):
    line = shown(ExcerptLine(7, before, marked, " and so on"), 80)[2]
    assert line == "   | " + " " * blanks + "^" * carets


def test_a_long_line_is_cut_around_the_span():
    line = ExcerptLine(7, "before " * 50, "bad", " after" * 50)
    assert shown(line) == [
        "   |",
        " 7 | … before before bad after after af…",
        "   |                 ^^^",
    ]


def test_room_that_one_side_does_not_need_goes_to_the_other():
    assert shown(ExcerptLine(7, "a ", "bad", " after" * 50))[1] == " 7 | a bad after after after after afte…"
    assert shown(ExcerptLine(7, "before " * 50, "bad", "!"))[1] == " 7 | …e before before before before bad!"


def test_a_marked_text_without_end_is_cut():
    text, carets = shown(ExcerptLine(7, "", "x" * 500, "", cut_after=True))[1:]
    assert text == " 7 | " + "x" * 32 + ELLIPSIS
    assert carets == "   | " + "^" * 33


def test_hidden_lines_are_counted():
    assert shown(ExcerptLine(7, "", "bad", ""), more=12)[-1] == "   | … and 12 more lines"


NASTY = st.text(st.sampled_from("ab \té日😀👩\u200d\u0301\ufe0f\x1b\u202e\ud800"), max_size=60)


@given(NASTY, NASTY, NASTY, st.integers(20, 90), st.booleans(), st.booleans())
def test_a_line_fits_its_width_and_shows_the_mark(before, marked, after, width, cut_before, cut_after):
    left, middle, right = windowed(ExcerptLine(1, before, marked, after, cut_before, cut_after), width)
    assert cell_len(left + middle + right) <= width + 2, "joined characters may be wider than their parts"
    assert is_safe(left + middle + right)
    start = "".join("    " if character == "\t" else visible(character) for character in marked)
    assert start.startswith(middle.removesuffix(ELLIPSIS))
    assert bool(middle) >= bool(start)
