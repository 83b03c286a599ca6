from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palms_spec.sources.json import read_json
from palms_spec.sources.json_writing import write_json
from palms_spec.sources.node import plain
from palms_spec.sources.text import decode
from tests.sources.values import plain_values, same


def written_and_read(value):
    node = read_json(decode("", write_json(value).encode()))
    assert node is not None
    return plain(node)


@given(plain_values)
def test_what_is_written_reads_back_the_same(value):
    assume("inf" not in repr(value))
    assert same(written_and_read(value), value)


@given(st.text(alphabet=st.characters(categories=["Cs", "Ll"])))
def test_half_a_surrogate_pair_reads_back_the_same(text):
    try:
        assert written_and_read([text]) == [text]
    except ValueError:
        assert text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") != text


@pytest.mark.parametrize("value", [math.inf, math.nan, "\ud83d\ude00"])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        write_json(value)
