from __future__ import annotations

import gzip
import io
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import UnreadableSource
from palms_spec.sources import tree_lines
from palms_spec.sources.tree_lines import stream_lines

TEXTS = st.lists(st.sampled_from([b"", b"a", b"{}", b"\r", b"\xff", "é".encode(), b"x" * 50])).map(b"\n".join)


def lines(data: bytes) -> list[bytes]:
    return list(stream_lines(nullcontext(io.BytesIO(data))))


@given(TEXTS, st.integers(2, 9), st.booleans())
def test_lines_are_those_of_the_text_however_it_is_read(text, size, packed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree_lines, "PIECE", size)
        assert lines(gzip.compress(text, mtime=0) if packed else text) == text.split(b"\n")


def test_members_that_follow_each_other_are_one_text():
    assert lines(gzip.compress(b"a\nb", mtime=0) + gzip.compress(b"c\n") + b"\0\0") == [b"a", b"bc", b""]


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    assert lines(b"\xef\xbb\xbfa\n\xef\xbb\xbfb") == [b"a", b"\xef\xbb\xbfb"]
    assert lines(gzip.compress(b"\xef\xbb\xbfa", mtime=0)) == [b"a"]
    assert lines(b"") == [b""]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (gzip.compress(b"a\nb" * 100, mtime=0)[:-9], "the packed data end too early"),
        (b"\x1f\x8b\x08junk that is no gzip", "cannot be unpacked"),
        (gzip.compress(b"a", mtime=0) + b"junk", "cannot be unpacked"),
        (b"a" * 10_000_001, "a line is longer than 10 MB"),
        (b"a\n" + b"a" * 10_000_001 + b"\na", "a line is longer than 10 MB"),
    ],
    ids=["a gzip file cut short", "a gzip head alone", "junk behind a gzip file", "a long line", "a long line inside"],
)
def test_what_cannot_be_read(data, told):
    with pytest.raises(UnreadableSource, match=told):
        lines(data)


def test_what_unpacks_without_end_is_no_data(monkeypatch):
    monkeypatch.setattr(tree_lines, "ALWAYS_ALLOWED", 1_000_000)
    with pytest.raises(UnreadableSource, match="unpacks to more than 100 times its size"):
        lines(gzip.compress(b"a\n" * 10_000_000, mtime=0))
