from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.render.escaping import is_safe, json_text, visible, without_commands

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain text", "plain text", id="plain text stays"),
        pytest.param("日本語 é 👍🏽 naïve", "日本語 é 👍🏽 naïve", id="other scripts and emoji stay"),
        pytest.param("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m", id="terminal escapes"),
        pytest.param("\x9b31m", r"\x9b31m", id="eight-bit terminal escapes"),
        pytest.param("a\u202eb\u2066", r"a\u202eb\u2066", id="bidirectional controls"),
        pytest.param("a\nb\r\tc", r"a\nb\r\tc", id="line ends and tabs"),
        pytest.param("a\u2028b", r"a\u2028b", id="line separators"),
        pytest.param("a\ud800b\udcff", r"a\ud800b\udcff", id="halves of surrogate pairs"),
        pytest.param("a\u200bb\ufeffc\xad", r"a\u200bb\ufeffc\xad", id="characters without a glyph"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag characters"),
        pytest.param("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم", id="joiners, which words and emoji need"),
        pytest.param("[red]markup[/red] :smile:", "[red]markup[/red] :smile:", id="markup, which nothing parses"),
    ],
)
def test_what_is_shown_is_what_is_there(text, shown):
    assert visible(text) == shown


@given(ANY_TEXT)
def test_nothing_that_a_terminal_obeys_is_left(text):
    shown = visible(text)
    assert is_safe(shown)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown)
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_json_is_printable_ascii_and_means_the_same(text):
    written = json_text({"text": text})
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written) == {"text": text} or any("\ud800" <= character <= "\udfff" for character in text)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("::error file=a::b", id="a command"),
        pytest.param(" \t::add-mask::b", id="behind blanks"),
        pytest.param("a ##[add-mask]b ###[error]c", id="an older one anywhere"),
        pytest.param("##vso[task.complete]", id="of Azure"),
        pytest.param("x ##teamcity[y]", id="of TeamCity"),
    ],
)
def test_a_log_is_obeyed_nowhere_and_looks_the_same(line):
    written = without_commands(line)
    assert not re.search(r"^\s*::|##(\[|vso\[|teamcity\[)", written)
    assert written.replace("\u200b", "") == line
    assert "##[" not in json_text(line)


@pytest.mark.parametrize("line", ["a::b", "# a", "## [a]", "[1](#a)"])
def test_a_line_without_commands_stays(line):
    assert without_commands(line) == line
