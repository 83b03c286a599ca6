from __future__ import annotations

import re
import time

import pytest

from palms_spec.documents.patterns import PatternError, compile_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(?:a*)*b",
        r"(a|ab|b)*c",
        r"(\w+\s*)*$x",
        r"(.*,)*x",
        r"(?i)(?:s+S+)+x",
        r"(x+x+)+y",
        r"(?:[a-z]+|\d|[a-f0-9])+!",
        r"(?:(?:a|b)+c?)*d",
        r"(a?b?)*c",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"(?:é|[^a])*x",
        r"(?:\d+|\w)*!",
    ],
)
def test_what_can_take_exponential_time_is_refused(pattern):
    with pytest.raises(PatternError, match="exponential time"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bfoo\b",
        r"(?:\w+\s+)+foo",
        r"(?:[^,]*,)*x",
        r"(?:\w+ ){0,4}foo",
        r"(?:(?>a+))+b",
        r"(?:a++)+b",
        r"\d{1,3}(?:,\d{3})*",
        r"(?:foo|bar|baz)+",
        r"\b(\w+)\s+\1\b",
        r"(?s).+x",
        r"(?:\"[^\"]*\"|[^\",]+)(?:,(?:\"[^\"]*\"|[^\",]+))*",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        "|".join(f"word{number}" for number in range(400)),
    ],
)
def test_what_cannot_is_taken(pattern):
    assert compile_pattern(pattern).pattern == pattern


def test_a_pattern_is_looked_through_quickly():
    start = time.process_time()
    compile_pattern("(?:" + "|".join(f"a{number}[a-z]" for number in range(100)) + ")+")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("pattern", "offset", "message"),
    [("(a", 0, "missing )"), ("ab[z-a]", 3, "bad character range"), ("a**", 2, "multiple repeat")],
)
def test_what_does_not_compile_is_explained(pattern, offset, message):
    with pytest.raises(PatternError, match=re.escape(message)) as caught:
        compile_pattern(pattern)
    assert caught.value.offset == offset


def test_lines_have_ends():
    assert compile_pattern("^b$").search("a\nb\nc")
