from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import UnreadableSource
from palms_spec.findings import Span
from palms_spec.sources.text import SourceText, decode


@pytest.mark.parametrize(
    ("text", "found", "line", "column"),
    [
        pytest.param("ab\ncd", "d", 2, 2, id="line feed"),
        pytest.param("ab\r\ncd", "d", 2, 2, id="carriage return and line feed are one line end"),
        pytest.param("ab\rcd", "d", 2, 2, id="a carriage return alone ends a line"),
        pytest.param("ab\r\n\r\rcd", "d", 4, 2, id="mixed line ends"),
        pytest.param("😀é\n😀d", "d", 2, 2, id="a character beyond the BMP is one column"),
        pytest.param("a\fb\x0bc\x85\u2028d", "d", 1, 8, id="form feeds and other separators end no line"),
    ],
)
def test_a_character_stands_at_line_and_column(text, found, line, column):
    assert SourceText("", text).position(text.index(found)) == (line, column)


def test_bytes_count_from_the_start_of_the_file_with_its_mark():
    source = decode("", codecs.BOM_UTF8 + "é😀\r\nx".encode())
    assert source.has_bom
    assert source.text == "é😀\r\nx"
    assert source.span(4, 5) == Span(2, 1, 2, 2, 3 + 2 + 4 + 2, 3 + 2 + 4 + 2 + 1)


def test_a_part_of_a_file_counts_on_from_where_it_starts():
    source = SourceText("", "é\nx", first_line=7, first_byte=100)
    assert source.span(2, 3) == Span(8, 1, 8, 2, 103, 104)


def test_offsets_out_of_bounds_are_brought_into_them():
    assert SourceText("", "ab").span(-3, 9) == Span(1, 1, 1, 3, 0, 2)
    assert SourceText("", "").span(5, 2) == Span(1, 1, 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param("x".encode("utf-16"), "encoded as UTF-16", id="UTF-16"),
        pytest.param("x".encode("utf-32"), "encoded as UTF-32", id="UTF-32"),
        pytest.param(b"a\nb\xe9", "byte 0xe9 at offset 3 (line 2) is not valid UTF-8", id="Latin-1"),
        pytest.param(
            codecs.BOM_UTF8 + b"\xff", "byte 0xff at offset 3 (line 1) is not valid UTF-8", id="behind a mark"
        ),
    ],
)
def test_what_is_not_utf_8_is_named(data, message):
    with pytest.raises(UnreadableSource) as caught:
        decode("", data)
    assert caught.value.message == message


@given(st.text(alphabet="ab\r\n\f\x85\u2028😀"))
def test_every_character_has_a_line_and_column_as_editors_count(text):
    source = SourceText("", text)
    line, column = 1, 1
    for at, character in enumerate(text):
        assert source.position(at) == (line, column)
        if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    assert source.byte_offset(len(text)) == len(text.encode())
