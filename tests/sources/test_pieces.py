"""Values that are put together, and the way back from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.sources.offsets import value_span, verbatim_span
from palms_spec.sources.pieces import Pieces


def test_a_part_of_a_value_stands_where_it_was_taken_from():
    text = "one [^x]two\n\n    three &lt; four"
    pieces = Pieces(text)
    pieces.take(0, 4)
    pieces.take(8, 11)
    pieces.put("\n\n", 11, 17)
    pieces.take(17, 23)
    pieces.put("<", 23, 27)
    pieces.take(27, len(text))
    node = pieces.node()
    assert node.value == "one two\n\nthree < four"
    start = str(node.value).index("two")
    assert text[slice(*value_span(text, node, start, start + 3))] == "two"
    start = str(node.value).index("<")
    assert text[slice(*value_span(text, node, start, start + 1))] == "&lt;"
    assert verbatim_span(text, node, start, start + 1) is None
    start = str(node.value).index("three")
    assert text[slice(*value_span(text, node, start, len(str(node.value))))] == "three &lt; four"


def test_line_ends_become_one_character():
    text = "a\r\nb\rc"
    pieces = Pieces(text)
    pieces.take(0, len(text))
    node = pieces.node()
    assert node.value == "a\nb\nc"
    assert text[slice(*value_span(text, node, 4, 5))] == "c"


def test_nothing_is_an_empty_value():
    node = Pieces("text").node(2)
    assert (node.value, node.start, node.end) == ("", 2, 2)


@given(st.lists(st.tuples(st.text(max_size=6), st.booleans()), max_size=8), st.data())
def test_every_verbatim_part_leads_back_to_itself(parts, data):
    text = "".join(part for part, _ in parts)
    pieces, at = Pieces(text), 0
    for part, taken in parts:
        if taken:
            pieces.take(at, at + len(part))
        at += len(part)
    node = pieces.node()
    value = str(node.value)
    first = data.draw(st.integers(0, len(value)))
    last = data.draw(st.integers(first, len(value)))
    start, end = value_span(text, node, first, last)
    assert node.start <= start <= end <= node.end
    if last == first + 1 and value[first] != "\n":
        assert text[start:end] == value[first:last]
