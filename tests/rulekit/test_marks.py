"""The marks in examples, beside brackets that are text."""

from __future__ import annotations

import pytest

from palms_spec.rulekit.examples import unmarked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a [[b]] c", "b"),
        ("a [ [[b]] ] c", "b"),
        ("[[[b]]]", "b"),
        ("[[# ignore[b]]]", "# ignore[b]"),
        ("# ignore[[[b]]] c", "b"),
        ("x = [[[a]], [b]]", "a"),
        ("[[[a], [b]]]", "a], [b"),
        ("[[a] b]]", "a] b"),
        ("[[]]", ""),
    ],
)
def test_what_is_marked(text, marked):
    plain, place = unmarked(text)
    assert place is not None
    assert plain[slice(*place)] == marked
    assert len(plain) == len(text) - 4


@pytest.mark.parametrize("text", ["", "a", "[[ a", "a ]]", "]] a [[", "[a]"])
def test_what_holds_no_mark(text):
    assert unmarked(text) == (text, None)
