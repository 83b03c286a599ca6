"""Fixes are made together as far as they do not touch, and only while the text holds what they say."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.engine.mending import apart, edits_of, kept, mend
from palms_spec.engine.rereading import holds_what_it_should
from palms_spec.findings import START_OF_FILE, Edit, Finding, Fix, Place

YAML = b"a: one\nb: two\nc: [three, four]\n"


def finding(*edits: Edit, name: str = "r") -> Finding:
    place = Place("a.yaml", START_OF_FILE)
    return Finding(name, "R1", "error", "high", place, "E.", "m", fix=Fix("f", "safe", edits))


def test_of_two_fixes_that_touch_the_first_is_made():
    one, other = finding(Edit(3, 6, "x", "x")), finding(Edit(5, 6, "y", "y"), Edit(10, 11, "z", "z"))
    third = finding(Edit(10, 11, "w", "w"))
    mended = mend("a.yaml", YAML, [one, other, third])
    assert mended.data == b"a: x\nb: wwo\nc: [three, four]\n"
    assert (mended.fixed, mended.dropped) == ([one, third], [])


def test_a_fix_that_says_something_else_than_it_does_is_dropped():
    lies = finding(Edit(3, 6, "x", "y"))
    silent = finding(Edit(10, 13, "2"))
    breaks = finding(Edit(17, 18, "", ""))
    good = finding(Edit(18, 23, "3rd", "3rd"))
    mended = mend("a.yaml", YAML, [lies, silent, breaks, good])
    assert mended.data == b"a: one\nb: two\nc: [3rd, four]\n"
    assert (mended.fixed, mended.dropped) == ([good], [lies, silent, breaks])


def test_a_file_that_does_not_parse_loses_a_byte_order_mark_and_nothing_else():
    mark = finding(Edit(0, 3, ""))
    broken = b"\xef\xbb\xbfa: [\n"
    assert mend("a.yaml", broken, [mark]).data == b"a: [\n"
    assert mend("a.yaml", broken, [finding(Edit(3, 4, "b", "b"))]).fixed == []


def test_a_change_of_what_an_alias_repeats_is_not_what_a_fix_says():
    data = b"a: &x one\nb: *x\n"
    assert mend("a.yaml", data, [finding(Edit(6, 9, "two", "two"))]).fixed == []


def test_a_number_does_not_become_a_text():
    assert not holds_what_it_should("a.json", b'{"a": 1}', b'{"a": "1"}', [])
    assert not holds_what_it_should("a.json", b'{"a": 1}', b'{"a": 1.0}', [])
    assert not holds_what_it_should("a.json", b'{"a": 1}', b'{"a": true}', [])


edits = st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy", max_size=2)).map(
    lambda one: Edit(one[0], one[0] + one[1], one[2], one[2])
)


@given(st.lists(st.lists(edits, min_size=1, max_size=1).map(lambda some: finding(*some)), max_size=8))
def test_chosen_fixes_do_not_touch(findings):
    taken = edits_of(apart(findings))
    assert all(one.end <= other.start for one, other in pairwise(taken))
    assert all(one.start != other.start for one, other in pairwise(taken))


@given(st.lists(st.integers(0, 20), unique=True, max_size=12), st.sets(st.integers(0, 20)))
def test_what_fails_alone_is_left_out_and_the_rest_is_kept(items, bad):
    some, dropped = kept(items, bad.isdisjoint)
    assert some == [item for item in items if item not in bad]
    assert dropped == [item for item in items if item in bad]
