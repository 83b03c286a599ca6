from __future__ import annotations

import gzip
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.findings import START_OF_FILE, Span
from palms_spec.sources.excerpts import REACH, Excerpt, ExcerptLine, Excerpts
from palms_spec.sources.text import SourceText, decode


def span_of(text: str, part: str) -> Span:
    source = SourceText("", text.removeprefix("\ufeff"), has_bom=text.startswith("\ufeff"))
    start = source.text.index(part)
    return source.span(start, start + len(part))


def excerpt(folder, text: str, part: str, *, name="file.md", packed=False) -> Excerpt | None:
    data = text.encode()
    (folder / name).write_bytes(gzip.compress(data) if packed else data)
    return Excerpts(folder).of(name, span_of(text, part), part[:200])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("one\ntwo three four\nfive", ExcerptLine(2, "two ", "three", " four"), id="line feeds"),
        pytest.param("one\r\ntwo three four\r\nfive", ExcerptLine(2, "two ", "three", " four"), id="CRLF"),
        pytest.param("one\rtwo three four\rfive", ExcerptLine(2, "two ", "three", " four"), id="CR"),
        pytest.param(
            "\ufeffé three", ExcerptLine(1, "é ", "three", ""), id="a byte order mark is not part of the line"
        ),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "packed"])
def test_a_line_in_three_parts(tmp_path, text, line, packed):
    assert excerpt(tmp_path, text, "three", packed=packed) == Excerpt((line,))


def test_of_a_long_line_only_what_is_around_the_span_is_read(tmp_path):
    found = excerpt(tmp_path, "é" * 50_000 + "three" + "ü" * 50_000 + "\n", "three")
    assert found is not None
    (line,) = found.lines
    assert (line.marked, line.cut_before, line.cut_after) == ("three", True, True)
    assert line.before == "é" * (REACH // 2)
    assert line.after == "ü" * (REACH // 2)


def test_of_a_long_span_its_first_lines_are_shown_and_the_others_counted(tmp_path):
    text = "a one\n  two\n\nfour\nfive b\n"
    found = excerpt(tmp_path, text, "one\n  two\n\nfour\nfive")
    assert found == Excerpt(
        (ExcerptLine(1, "a ", "one", ""), ExcerptLine(2, "  ", "two", ""), ExcerptLine(3, "", "", "")), more=2
    )


def test_a_span_that_ends_with_its_line_has_no_more_lines(tmp_path):
    assert excerpt(tmp_path, "a one\nb", "one\n") == Excerpt((ExcerptLine(1, "a ", "one", ""),))


def test_a_changed_file_has_no_excerpt(tmp_path):
    path = tmp_path / "file.md"
    path.write_text("two three four")
    assert Excerpts(tmp_path).of("file.md", span_of("two seven four", "seven"), "seven") is None, "other words"
    assert Excerpts(tmp_path).of("file.md", span_of("é three", "three"), "three") is None, "another column"
    assert Excerpts(tmp_path).of("file.md", Span(9, 1, 9, 3, 500, 502), "ab") is None, "shorter"


def test_what_cannot_be_read_has_no_excerpt(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "broken.gz").write_bytes(gzip.compress(os.urandom(20_000))[:5_000])
    excerpts = Excerpts(tmp_path)
    for name in ("binary", "broken.gz", "missing", "."):
        assert (
            excerpts.of(name, Span(1, 1, 1, 1, 0, 0) if name != "broken.gz" else Span(2, 1, 2, 2, 9000, 9001), "")
            is None
        )


def test_a_packed_file_is_gone_through_once(tmp_path, monkeypatch):
    text = "".join(f"line {number} of many, padded {'x' * 90}\n" for number in range(2000))
    (tmp_path / "rows.gz").write_bytes(gzip.compress(text.encode()))

    def rewind(reader):
        pytest.fail("it went back to the start")

    monkeypatch.setattr(gzip._GzipReader, "_rewind", rewind)
    excerpts = Excerpts(tmp_path)
    for number in range(0, 2000, 7):
        part = f"line {number} "
        found = excerpts.of("rows.gz", span_of(text, part), part)
        assert found is not None
        assert found.lines[0].marked == part


def test_spans_may_come_in_any_order(tmp_path):
    text = "".join(f"line {number} of many, padded {'x' * 90}\n" for number in range(200))
    (tmp_path / "rows.gz").write_bytes(gzip.compress(text.encode()))
    excerpts = Excerpts(tmp_path)
    for number in (150, 3, 80):
        part = f"line {number} "
        found = excerpts.of("rows.gz", span_of(text, part), part)
        assert found is not None
        assert found.lines[0].marked == part


TEXTS = st.text(st.sampled_from("ab é日😀\n\r\t"), max_size=40)


@given(TEXTS, st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_an_excerpt_holds_the_lines_of_the_span(tmp_path_factory, text, first, last, bom):
    folder = tmp_path_factory.getbasetemp()
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    (folder / "any.md").write_bytes(data)
    source = decode("", data)
    first, last = sorted((min(first, len(text)), min(last, len(text))))
    if text[first - 1 : first + 1] == "\r\n" or text[last - 1 : last + 1] == "\r\n":
        return  # no span begins or ends inside a line end
    span = source.span(first, last)
    found = Excerpts(folder).of("any.md", span, text[first:last])
    assert found is not None
    starts = [*source.line_starts, len(text)]
    for line in found.lines:
        whole = text[starts[line.number - 1] : starts[line.number]].rstrip("\r\n")
        shown = line.before + line.marked + line.after
        assert shown == whole or (line is found.lines[-1] and not found.more and shown.startswith(whole))
    assert found.lines[0].number == span.line
    assert len(found.lines[0].before) == span.column - 1


def test_an_empty_file_has_an_empty_line(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    assert Excerpts(tmp_path).of("empty", START_OF_FILE, "") == Excerpt((ExcerptLine(1, "", "", ""),))
