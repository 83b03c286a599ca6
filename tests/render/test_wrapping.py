from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.render.cells import cells
from palms_spec.render.terminal import Part
from palms_spec.render.wrapping import wrapped_parts

STYLES = st.sampled_from(["plain", "error", "good", "faint"])
PARTS = st.lists(st.one_of(st.text("ab é字 ", max_size=30), st.tuples(st.text("ab ", max_size=30), STYLES)), max_size=8)


def texts(lines: list[list[Part]]) -> list[str]:
    """Lines without their styles."""
    return ["".join(part if isinstance(part, str) else part[0] for part in line) for line in lines]


def test_words_keep_their_styles_over_the_ends_of_lines():
    lines = list(wrapped_parts(["a ", ("bbb ccc", "error"), ", d"], 30, first="* ", indent="  "))
    assert lines == [["* ", "a ", ("bbb ccc", "error"), ", d"]] or texts(lines) == ["* a bbb ccc, d"]
    lines = list(wrapped_parts([("one two three four five six seven", "good")], 30, first="- ", indent="  "))
    assert texts(lines) == ["- one two three four five six", "  seven"]
    assert lines[1][1] == ("seven", "good")


def test_what_is_glued_to_a_word_stays_with_it():
    parts: list[Part] = ["aaaa " * 5, ("bbbbb", "error"), ":", " c"]
    assert texts(list(wrapped_parts(parts, 31))) == ["aaaa aaaa aaaa aaaa aaaa bbbbb:", "c"]


@given(PARTS, st.integers(30, 90))
def test_nothing_is_lost_and_lines_fit(parts, width):
    lines = texts(list(wrapped_parts(parts, width, first="> ", indent="  ")))
    whole = "".join(part if isinstance(part, str) else part[0] for part in parts)
    assert "".join(" ".join(line[2:] for line in lines).split()) == "".join(whole.split())
    for line in lines:
        assert cells(line) <= width or " " not in line[2:].strip() or max(map(cells, line.split())) > width - 26
