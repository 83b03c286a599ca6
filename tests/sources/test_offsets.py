from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palms_spec.errors import SourceError
from palms_spec.sources.json import read_json
from palms_spec.sources.markdown import read_sample_markdown
from palms_spec.sources.node import MappingNode, ScalarNode, SequenceNode
from palms_spec.sources.offsets import is_verbatim, value_span
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml

BREAKS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\x85", "\u2028"])
CONTENT = "ab \t#é😀"


def scalar(text: str, reader=read_yaml) -> ScalarNode:
    """The one value of a document: alone, in a list, or of a key."""
    node = reader(SourceText("", text))
    while not isinstance(node, ScalarNode):
        if isinstance(node, SequenceNode):
            node = node.items[0]
        else:
            assert isinstance(node, MappingNode)
            node = next(iter(node.entries.values())).value
    return node


def value_of(text: str) -> str:
    value = scalar(text).value
    assert isinstance(value, str)
    return value


def slices(text: str, node: ScalarNode) -> list[str]:
    assert isinstance(node.value, str)
    spans = [value_span(text, node, at, at + 1) for at in range(len(node.value))]
    assert spans == sorted(spans), "spans follow each other"
    assert all(one[1] <= other[0] for one, other in pairwise(spans)), "spans do not overlap"
    return [text[start:end] for start, end in spans]


def check_character(written: str, character: str, style: str) -> None:
    """Each character stands there as it is, as an escape, or as a line break with blanks around it."""
    if written == character:
        return
    if style == "single" and character == "'":
        assert written == "''"
    elif style == "json":
        assert read_json(SourceText("", f'"{written}"')) == ScalarNode(character, 0, len(written) + 2, "json")
    elif style == "double" and written[0] == "\\" and written[1] not in "\r\n\x85\u2028":
        assert value_of(f'"{written}"') == character
    else:
        assert character in " \n\u2028", "only a fold is written as something else"
        breaks = re.sub("[ \t]|\\\\(?=[\r\n\x85\u2028])", "", written).replace("\r\n", "\n")
        assert 1 <= len(breaks) <= 2
        assert set(breaks) <= set("\n\r\x85\u2028")


def check(text: str, node: ScalarNode, reader=read_yaml) -> None:
    value = node.value
    assert isinstance(value, str)
    for at, (written, character) in enumerate(zip(slices(text, node), value, strict=True)):
        check_character(written, character, node.style)
        if is_verbatim(text, node, at, at + 1):
            assert written == character
            if not character.isspace() and node.end - node.start > 1:
                start, end = value_span(text, node, at, at + 1)
                edited = scalar(text[:start] + "X" + text[end:], reader)
                assert edited.value == value[:at] + "X" + value[at + 1 :]
    assert value_span(text, node, 0, len(value))[0] >= node.start


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        pytest.param("a: some words", 5, 10, "words", id="plain text maps one to one"),
        pytest.param("a: some\n  words", 5, 10, "words", id="a fold of plain text counts as one space"),
        pytest.param("a: some\n  words", 4, 5, "\n  ", id="the space of a fold is the break with its indentation"),
        pytest.param("a: some\n\n\n  words", 4, 6, "\n\n\n  ", id="blank lines in plain text are line breaks"),
        pytest.param("a: 'it''s  \n so'", 2, 5, "''s  \n ", id="a doubled quote is one character"),
        pytest.param('a: "\\u00e9\\x41\\U0001F600 b"', 0, 3, "\\u00e9\\x41\\U0001F600", id="escapes are one character"),
        pytest.param('a: "one \\\n   two"', 4, 7, "two", id="an escaped line break is nothing"),
        pytest.param('a: "one\\\n\n  two"', 3, 4, "\\\n\n  ", id="a blank line behind an escaped break is a break"),
        pytest.param("a: |\n  one\n  two\n", 4, 7, "two", id="indentation of a literal block is skipped"),
        pytest.param("a: |\n  one\n  two\n", 3, 4, "\n", id="a line break in a literal block is itself"),
        pytest.param("a: |\r\n  one\r\n  two\r\n", 3, 5, "\r\n  t", id="a line break of two characters is one"),
        pytest.param("a: |2\n   one\n  two\n", 0, 4, " one", id="an indentation digit leaves blanks in the value"),
        pytest.param("a: >-\n  one\n  two\n\n  three\n", 8, 13, "three", id="folds and blank lines of a folded block"),
        pytest.param("a: >\n  one\n   two\n  three\n", 4, 8, " two", id="a line with more indentation is not folded"),
        pytest.param("a: |+\n  one\n\n\n", 4, 6, "\n\n", id="line breaks that are kept stand behind the node"),
        pytest.param("- &x !!str 'one'", 0, 3, "one", id="anchor and tag are not part of the value"),
        pytest.param("a: ''", 0, 0, "", id="an empty value has an empty place"),
    ],
)
def test_a_part_of_a_yaml_value_is_found(text, start, end, expected):
    found = value_span(text, scalar(text), start, end)
    assert text[slice(*found)] == expected


def test_an_escaped_surrogate_pair_in_json_is_one_character():
    text = r'{"a": "x\ud83d\ude00\ud800\n\/y"}'
    node = scalar(text, read_json)
    assert node.value == "x😀\ud800\n/y"
    assert slices(text, node) == ["x", r"\ud83d\ude00", r"\ud800", r"\n", r"\/", "y"]


def test_the_end_of_a_value_is_a_place():
    text = 'a: "b\\n"'
    node = scalar(text)
    assert value_span(text, node, 2, 2) == (7, 7)
    assert value_span(text, node, 1, 1) == (5, 5)
    assert value_span(text, node, 9, 12) == (7, 7)


def test_a_number_has_no_parts():
    text = "a: 1.50"
    assert value_span(text, scalar(text), 1, 2) == (3, 7)
    assert not is_verbatim(text, scalar(text), 1, 2)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("a: some words", 0, 10, True),
        ("a: some\n  words", 0, 4, True),
        ("a: some\n  words", 3, 6, False),
        ("a: |\n  one\n  two\n", 0, 3, True),
        ("a: |\n  one\n  two\n", 3, 4, False),
        ('a: "x\\ty"', 1, 2, False),
        ('a: "x\\ty"', 2, 3, True),
        ("'a\U0001f600''b'", 0, 2, True),
        ("'a\U0001f600''b'", 1, 3, False),
    ],
)
def test_a_part_is_verbatim_where_an_edit_of_the_text_edits_just_that(text, start, end, expected):
    assert is_verbatim(text, scalar(text), start, end) is expected


@given(
    st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", ">1", "|3+", ">2+"]),
    st.lists(st.tuples(st.integers(0, 4), st.text(alphabet=CONTENT, max_size=6), BREAKS), max_size=8),
    st.sampled_from(["", "a: ", "- ", "- a: ", "a: &x !!str "]),
    st.booleans(),
)
def test_each_character_of_a_block_scalar_is_found(header, lines, before, is_closed):
    body = "".join(" " * depth + line + end for depth, line, end in lines)
    text = f"{before}{header}\n{body}" if is_closed else f"{before}{header}\n{body}".rstrip("\r\n")
    try:
        node = scalar(text)
    except SourceError:
        assume(False)
    assume(node.style in ("literal", "folded"))
    check(text, node)


@given(
    st.sampled_from("'\""),
    st.lists(
        st.one_of(
            st.text(alphabet=CONTENT + ":-,", max_size=6),
            BREAKS,
            BREAKS,
            st.sampled_from(
                ["''", "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F600", '\\"', "\\\\", "\\ ", "\\\n", "\\L", "\\0"]
            ),
        ),
        max_size=12,
    ),
)
def test_each_character_of_a_quoted_scalar_is_found(quote, parts):
    text = f"- a: {quote}{''.join(parts)}{quote}\n"
    try:
        node = scalar(text)
    except SourceError:
        assume(False)
    check(text, node)


@given(
    st.lists(
        st.one_of(st.text(alphabet="ab \té😀'\"\\:", max_size=6), BREAKS.map(lambda end: end + "   ")), max_size=12
    )
)
def test_each_character_of_a_plain_scalar_is_found(parts):
    text = f"- a: {''.join(parts)}\n"
    try:
        node = scalar(text)
    except SourceError:
        assume(False)
    assume(node.style == "plain" and isinstance(node.value, str) and "\n- a: " not in text[1:])
    value = node.value
    assert isinstance(value, str)
    for written, character in zip(slices(text, node), value, strict=True):
        check_character(written, character, "plain")


@given(st.text(), st.booleans())
def test_each_character_of_a_json_string_is_found(value, is_ascii):
    text = f" [{json.dumps(value, ensure_ascii=is_ascii)}]"
    check(text, scalar(text, read_json), read_json)


@given(st.text(alphabet="ab #-\n\r\té"))
def test_each_character_of_a_markdown_answer_is_found(body):
    text = "# q\r\n" + body
    answer = read_sample_markdown(SourceText("", text)).answer
    assert isinstance(answer.value, str)
    for written, character in zip(slices(text, answer), answer.value, strict=True):
        assert written == character or (character == "\n" and written in ("\r", "\r\n"))
