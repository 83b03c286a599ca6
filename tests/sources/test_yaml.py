from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import PalmsError, SourceError, SourceSyntaxError
from palms_spec.sources import yaml as reader
from palms_spec.sources.node import MAX_DEPTH, MappingNode, ScalarNode, SequenceNode, plain, walk
from palms_spec.sources.text import SourceText, decode
from palms_spec.sources.yaml import read_yaml


def read(text: str):
    return read_yaml(SourceText("", text))


def value(text: str):
    node = read(text)
    assert node is not None
    return plain(node)


def places(text: str) -> dict[str, str]:
    """What stands in the text at the place of each node."""
    node = read(text)
    assert node is not None
    return {pointer: text[one.start : one.end] for pointer, one in walk(node)}


def error_in(text: str) -> SourceSyntaxError:
    with pytest.raises(SourceSyntaxError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize("text", ["", "\n \n", "# only\n", "---\n", "---\n...\n"])
def test_a_document_without_a_value_is_none(text):
    assert read(text) is None


def test_an_unquoted_scalar_means_what_yaml_1_2_says():
    text = "[yes, no, on, off, 012, 1:30, 1_000, 2021-06-10, true, False, ~, NULL, 12, -7, 0x1F, 0o17, 1.50, 1e3, .inf]"
    assert value(text) == [
        *("yes", "no", "on", "off", "012", "1:30", "1_000", "2021-06-10"),
        *(True, False, None, None, 12, -7, 31, 15, 1.5, 1000.0, float("inf")),
    ]


def test_the_text_of_a_scalar_that_is_no_text_is_kept():
    node = read("1.50")
    assert node == ScalarNode(1.5, 0, 4, "plain", "1.50")
    assert read("'1.50'") == ScalarNode("1.50", 0, 6, "single")


@pytest.mark.parametrize("style", ["plain", "single", "double", "literal", "folded"])
def test_the_style_of_a_scalar_is_kept(style):
    text = {"plain": "a", "single": "'a'", "double": '"a"', "literal": "|\n  a", "folded": ">\n  a"}[style]
    node = read(text)
    assert isinstance(node, ScalarNode)
    assert node.style == style


def test_places_count_characters_whatever_the_line_ends():
    text = "a: 😀é\r\nb: |\r\n  x\r\n  y  \r\n\r\n\r\n# c\r\nc: [d , {e: f}]  # e\r\n"
    assert places(text) == {
        "": text[: text.index("  # e")],
        "/a": "😀é",
        "/b": "|\r\n  x\r\n  y  ",
        "/c": "[d , {e: f}]",
        "/c/0": "d",
        "/c/1": "{e: f}",
        "/c/1/e": "f",
    }


def test_places_do_not_hold_anchors_tags_and_comments():
    text = "a: &x !!str  # why\n  'q'\nb: &y\nc: &l\n- 1\n- *x\n\n# end\nd: !!map {}\n"
    assert places(text) == {
        "": text[: text.index("{}") + 2],
        "/a": "'q'",
        "/b": "",
        "/c": "- 1\n- *x",
        "/c/0": "1",
        "/c/1": "'q'",
        "/d": "{}",
    }


def test_a_key_has_a_place_of_its_own():
    node = read("a: 1\n'b c': 2\n")
    assert isinstance(node, MappingNode)
    assert node.entries["b c"].key == ScalarNode("b c", 5, 10, "single")


def test_the_last_of_equal_keys_counts_and_the_earlier_ones_are_kept():
    node = read("a: 1\nb: 2\na: 3\na: 4\n")
    assert isinstance(node, MappingNode)
    assert plain(node) == {"a": 4, "b": 2}
    assert [(entry.key.start, plain(entry.value)) for entry in node.duplicates] == [(0, 1), (10, 3)]


def test_a_key_that_is_no_text_is_its_text_as_written():
    assert value("{1: a, 1.50: b, true: c, ~: d, 0x10: e}") == {
        "1": "a",
        "1.50": "b",
        "true": "c",
        "~": "d",
        "0x10": "e",
    }


def test_an_alias_has_the_value_of_its_anchor():
    assert value("a: &x [1]\nb: *x\n&k c: *x\n*k : 2") == {"a": [1], "b": [1], "c": 2}


def test_tags_of_the_core_say_what_a_scalar_is():
    assert value("[!!str 12, !!int '12', !!float 3, !!bool 'true', !!null '', ! 12, !!seq [], !!map {}]") == [
        *("12", 12, 3.0, True, None, "12", [], {}),
    ]


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        pytest.param("a: !foo b", "the tag !foo is not allowed here", 3, id="a tag of one's own"),
        pytest.param("a: !!python/name:x ", "the tag !!python/name:x is not allowed here", 3, id="a tag of Python's"),
        pytest.param("- !!set {a}", "the tag !!set is not allowed here", 2, id="a tag beyond the core"),
        pytest.param("!!map []", "the tag !!map is not allowed here", 0, id="a tag of another kind"),
        pytest.param("!!int a", "the value is not what its tag !!int says", 0, id="a tag that does not fit"),
        pytest.param("--- a\n--- b", "a second document begins here", 6, id="two documents"),
        pytest.param("a: *b", "the alias *b has no anchor &b before it", 3, id="an alias without anchor"),
        pytest.param("a: &x [*x]", "the alias *x stands inside of what it repeats", 7, id="an alias of itself"),
        pytest.param("<<: {a: 1}", "merge keys (<<) are not read", 0, id="a merge key"),
        pytest.param("? [a]\n: b", "a key cannot be a list or a mapping", 2, id="a list as key"),
        pytest.param("- *bold* text", "an anchor or alias without a name", 2, id="Markdown emphasis"),
        pytest.param("é: b: c", "a colon with a space after it stands where no key can be", 4, id="a second colon"),
        pytest.param("a:\n\t- b", "a tab stands in the indentation", 3, id="a tab"),
        pytest.param("a: @b", "a value cannot begin with @", 3, id="a reserved sign"),
        pytest.param('😀: "b\n', "a quote is not closed", 3, id="an open quote"),
        pytest.param("a: [1, 2", "a list that [ opens is not closed, or a comma is missing", 3, id="an open list"),
        pytest.param("{a: 1", "a mapping that { opens is not closed, or a comma is missing", 0, id="an open mapping"),
        pytest.param('a: "\\q"', "an escape that YAML does not know", 4, id="an unknown escape"),
        pytest.param('a: "\\ud800"', "an escape that stands for no character", 6, id="half of a surrogate pair"),
        pytest.param("a: |x\n  y", "text stands where only a line break or a comment can", 4, id="text behind |"),
        pytest.param("é: \x07", "the character U+0007 is not allowed in YAML", 3, id="a control character"),
        pytest.param("a: \ud800", "the character U+D800 is not allowed in YAML", 3, id="a lone surrogate"),
        pytest.param("\ufeffa: b", "a byte order mark stands inside of the file", 0, id="a second mark"),
        pytest.param("9" * 5000, "a number of more than 4300 digits", 0, id="a huge number"),
        pytest.param("%FOO\n--- a", "no valid YAML: found unknown directive name", 4, id="something rare"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text, message, offset):
    error = error_in(text)
    assert (error.message, error.offset) == (message, offset)


def laughs(levels: int) -> str:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels)]
    return "a0: &a0 [x]\n" + "".join(rows)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(laughs(40), id="a billion laughs"),
        pytest.param(
            "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 999)), id="deep by aliases"
        ),
        pytest.param("[" * 1_000_000, id="deep lists on one line"),
        pytest.param("- " * 1_000_000, id="deep lists by indentation"),
        pytest.param("? " * 1_000_000, id="deep keys"),
        pytest.param("{a: " * 1_000_000, id="deep mappings"),
        pytest.param("[" + "a," * 1_000_000 + "]", id="too many values"),
        pytest.param("".join(f"%TAG !{n}! x\n" for n in range(100_000)) + "--- a", id="too many directives"),
        pytest.param("&a " * 1_000_000, id="anchors without value"),
        pytest.param("!" * 1_000_000, id="a long tag"),
        pytest.param(":" * 1_000_000 + " a: b: c", id="a long key"),
    ],
)
def test_a_file_built_to_exhaust_the_reader_is_an_error_soon(text):
    start = time.perf_counter()
    error_in(text)
    assert time.perf_counter() - start < 5


def test_depth_is_counted_in_levels():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert "levels" in error_in("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message
    deepest = "&a [x]\n- " + "[" * (MAX_DEPTH - 2)
    text = "- " + deepest + "*a" + "]" * (MAX_DEPTH - 2)
    assert read(text) is not None
    assert "levels" in error_in("- &a [x]\n- " + "[" * (MAX_DEPTH - 1) + "*a" + "]" * (MAX_DEPTH - 1)).message


def test_one_long_line_is_read_quickly():
    start = time.perf_counter()
    assert value("a: " + "x" * 9_000_000) == {"a": "x" * 9_000_000}
    assert time.perf_counter() - start < 3


def test_a_part_of_a_text_has_places_in_the_whole():
    source = SourceText("", "xx\na: [b]\nc: :\n---\n")
    node = read_yaml(source, 3, 10)
    assert isinstance(node, MappingNode)
    listed = node.entries["a"].value
    assert listed == SequenceNode(6, 9, [ScalarNode("b", 7, 8, "plain")])
    with pytest.raises(SourceSyntaxError) as caught:
        read_yaml(source, 10, 15)
    assert caught.value.offset == 13


def test_without_libyaml_the_way_to_get_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    reader._libyaml.cache_clear()
    try:
        with pytest.raises(PalmsError) as caught:
            read("a: b")
    finally:
        reader._libyaml.cache_clear()
    assert not isinstance(caught.value, SourceError)
    assert "--only-binary" in caught.value.hint


@given(
    st.one_of(
        st.binary(),
        st.text(alphabet="ab1:-?[]{},&*!|>'\"%@`#\\ \t\r\n\x00\ufeff\u2028é~<=.").map(lambda text: text.encode()),
        st.lists(
            st.sampled_from(
                ["a: ", "- ", "&a ", "*a", "\n", "  ", "!!str ", "<<: ", '"\\ud800"', "|\n", "[", "]", "? "]
            )
        )
        .map("".join)
        .map(str.encode),
    )
)
def test_any_bytes_give_a_tree_or_a_source_error(data):
    text, offset, node = "", 0, None
    try:
        source = decode("", data)
        text = source.text
        node = read_yaml(source)
    except SourceError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)
    for _, one in walk(node) if node else ():
        assert 0 <= one.start <= one.end <= len(text)
