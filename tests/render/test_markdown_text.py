from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.render.escaping import visible
from palms_spec.render.markdown_text import code, inline
from tests.render.hostile import TEXTS
from tests.render.pages import page_of

ANY = (
    st.text(st.characters(exclude_categories=()) | st.sampled_from("`|\\*_<>[]()!#@:.-/$~&;'\"{}\n\r\t =+0a1 "))
    | st.sampled_from(sorted(TEXTS.values()))
    | st.lists(st.sampled_from(sorted(TEXTS.values())), max_size=3).map("".join)
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("31 words, at least 1,600 are asked for", "31 words, at least 1,600 are asked for", id="prose"),
        pytest.param(
            "the dataset's length (“so to speak”): fine!", "the dataset's length (“so to speak”): fine!", id="quotes"
        ),
        pytest.param("50 % of it, or 40%", "50 % of it, or 40%", id="shares"),
        pytest.param("日本 naïve – well-known", "日本 naïve – well-known", id="other letters"),
        pytest.param("Human: stands in it", "Human: stands in it", id="a colon at the end of a word"),
        pytest.param("set palms.toml to a_b = 1", "set `palms.toml` to `a_b =` 1", id="odd words are code"),
        pytest.param("[click here](http://x) now", "`[click here](http://x)` now", id="links"),
        pytest.param("ask @octocat about #12", "ask `@octocat` about `#12`", id="mentions"),
        pytest.param("in deadbeef or GH-12", "in `deadbeef` or `GH-12`", id="commits and issues"),
        pytest.param("a mark (U+202E), here", "a mark (`U+202E`), here", id="brackets are none of it"),
        pytest.param("a.b, c.d, e_f: “x=1”", "`a.b`, `c.d`, `e_f`: `“x=1”`", id="a list"),
        pytest.param("call (415) 867-5309 or 555-0142.", "call (415) 867-5309 or 555-0142.", id="figures"),
        pytest.param("the dataset's `length` asks", "the dataset's `length` asks", id="code"),
        pytest.param("a `b`c ``d `e", "a ``` `b`c ``d `e ```", id="backticks"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_words_that_anything_could_be_made_of_are_code(text, shown):
    assert inline(text) == shown


def squeezed(text: str) -> str:
    """The text as a page shows it: blanks are one, and none at the ends. Backticks may have become code."""
    return " ".join(text.replace("`", "").split())


@given(ANY)
def test_a_text_is_shown_as_it_is(text):
    page = page_of(f"- before **x**: {inline(text)} after")
    assert squeezed(page.text) == squeezed(f"before x: {visible(text)} after")
    assert page.tags <= {"ul", "li", "strong", "code"}
    assert page.lures == []


@given(ANY)
def test_a_text_stays_in_its_cell(text):
    page = page_of(f"| a | b |\n| --- | --- |\n| x | {inline(text, cell=True)} |\n| y | z |")
    assert squeezed(page.text) == squeezed(f"a b x {visible(text)} y z")
    assert page.tags <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert page.lures == []


@given(ANY)
def test_code_holds_any_text(text):
    page = page_of(f"before {code(text)} after")
    assert squeezed(page.text) == squeezed(f"before {visible(text)} after")
    assert page.tags <= {"p", "code"}
    assert page.lures == []
