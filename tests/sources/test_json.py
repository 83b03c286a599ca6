from __future__ import annotations

import json
import math
import time

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import SourceError, SourceSyntaxError, UnreadableSource
from palms_spec.sources.json import has_duplicate_keys, loads, read_json
from palms_spec.sources.node import MAX_DEPTH, Entry, MappingNode, ScalarNode, SequenceNode, plain, walk
from palms_spec.sources.text import SourceText, decode
from tests.sources.values import same

values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


def read(text: str):
    return read_json(SourceText("", text))


def error_in(text: str) -> SourceSyntaxError:
    with pytest.raises(SourceSyntaxError) as caught:
        read(text)
    return caught.value


def refuse(name: str) -> None:
    raise ValueError(name)


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_a_blank_text_is_none(text):
    assert read(text) is None


def test_every_value_and_key_has_a_place():
    assert read(' {"é": [1.50, "\\n", {}] , "b":null}') == MappingNode(
        1,
        35,
        {
            "é": Entry(
                ScalarNode("é", 2, 5, "json"),
                SequenceNode(
                    7,
                    23,
                    [ScalarNode(1.5, 8, 12, "json", "1.50"), ScalarNode("\n", 14, 18, "json"), MappingNode(20, 22)],
                ),
            ),
            "b": Entry(ScalarNode("b", 26, 29, "json"), ScalarNode(None, 30, 34, "json", "null")),
        },
    )


def test_the_last_of_equal_keys_counts_and_the_earlier_ones_are_kept():
    node = read('{"a": 1, "b": 2, "\\u0061": 3}')
    assert isinstance(node, MappingNode)
    assert plain(node) == {"a": 3, "b": 2}
    assert [(entry.key.start, plain(entry.value)) for entry in node.duplicates] == [(1, 1)]


def test_half_a_surrogate_pair_stays_what_it_is():
    assert loads(rb'["\ud800", "\ude00\ud83d", "\ud83d\ude00"]') == ["\ud800", "\ude00\ud83d", "😀"]


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        pytest.param("[1,]", "a comma stands before the closing bracket", 3, id="a trailing comma in a list"),
        pytest.param('{"a":1 , }', "a comma stands before the closing bracket", 9, id="a trailing comma in a mapping"),
        pytest.param("[NaN]", "NaN is not a value in JSON", 1, id="NaN"),
        pytest.param("[True]", "True is not a value in JSON", 1, id="Python's True"),
        pytest.param("// x", "JSON has no comments", 0, id="a comment"),
        pytest.param("['a']", "a string in single quotes", 1, id="single quotes"),
        pytest.param("{a: 1}", "expected a key in double quotes", 1, id="a key without quotes"),
        pytest.param('{"a" 1}', "expected a colon behind the key", 5, id="no colon"),
        pytest.param("[1 2]", "expected a comma or ]", 3, id="no comma"),
        pytest.param("[01]", "a number that JSON does not know", 1, id="a leading zero"),
        pytest.param("[1.]", "a number that JSON does not know", 1, id="no digit behind the point"),
        pytest.param("-Infinity", "a number that JSON does not know", 0, id="an infinity"),
        pytest.param('["a', "a quote is not closed", 1, id="an open quote"),
        pytest.param('["a\n"]', "a line break stands in a string, or a quote is not closed", 3, id="a line break"),
        pytest.param('["a\x01"]', "the character U+0001 stands in a string", 3, id="a control character"),
        pytest.param('["é\\x"]', "an escape that JSON does not know", 3, id="an unknown escape"),
        pytest.param("[1", "what [ opens is not closed", 0, id="an open list"),
        pytest.param('{"a":', "the text ends where a value is expected", 5, id="an early end"),
        pytest.param("[1] x", "text goes on where the value has ended", 4, id="text behind the value"),
        pytest.param("\ufeff1", "a byte order mark stands inside of the file", 0, id="a second mark"),
        pytest.param("9" * 5000, "a number of more than 4300 digits", 0, id="a huge number"),
        pytest.param("nul", "expected a value, found nul", 0, id="half a word"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text, message, offset):
    error = error_in(text)
    assert (error.message, error.offset) == (message, offset)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000, "[" + "1," * 1_000_000]
)
def test_a_file_built_to_exhaust_the_reader_is_an_error_soon(text):
    start = time.perf_counter()
    error_in(text)
    assert time.perf_counter() - start < 5


def test_depth_is_counted_in_levels():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert "levels" in error_in("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message


@given(values, st.booleans(), st.sampled_from([None, 2]), st.sampled_from([(",", ":"), (" ,\t", " :\r\n ")]))
def test_what_json_writes_is_read_as_json_reads_it(value, is_ascii, indent, separators):
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent, separators=separators)
    node = read(text)
    assert node is not None
    assert same(plain(node), json.loads(text))


@given(
    st.one_of(
        st.text(alphabet='[]{},:"\\u01de.-+eE \n\ttrfalsn\x00é'),
        st.lists(st.sampled_from(['"a"', ":", ",", "{", "}", "[", "]", "1", "-0.5e3", "true", "null", "\\", " "])).map(
            "".join
        ),
    )
)
def test_just_what_is_json_is_read(text):
    try:
        expected = json.loads(text, parse_constant=refuse)
    except ValueError:
        if text.strip(" \t\r\n"):
            assert 0 <= error_in(text).offset <= len(text)
        return
    node = read(text)
    assert node is not None
    assert same(plain(node), expected)


@given(st.binary())
def test_any_bytes_give_a_tree_or_a_source_error(data):
    try:
        source = decode("", data)
        node = read_json(source)
    except SourceError:
        return
    for _, one in walk(node) if node else ():
        assert 0 <= one.start <= one.end <= len(source.text)


def test_rows_that_orjson_refuses_are_read_if_they_are_json():
    deep = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert loads(rb'{"a": "\udc00"}') == {"a": "\udc00"}
    assert loads(b"123456789012345678901234567890") == 123456789012345678901234567890
    assert loads(b"1e999") == math.inf
    assert loads(deep) == json.loads(deep)


def test_a_row_that_is_no_utf_8_is_unreadable_from_a_character_on():
    with pytest.raises(UnreadableSource) as caught:
        loads('{"é": "'.encode() + b'\xff"}')
    assert (caught.value.message, caught.value.offset) == ("byte 0xff is not valid UTF-8", 7)


@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_row_gives_a_value_or_a_source_error(raw):
    try:
        loads(raw)
    except SourceError:
        pass


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b'{"prompt":"a","completion":"b"}', False, id="the usual row"),
        pytest.param(b'{"a":1,"a":1}', True, id="a key twice"),
        pytest.param(rb'{"a":1,"\u0061":1}', True, id="a key twice, once with an escape"),
        pytest.param(b'{"a" :1,"a":1}', True, id="white space before the colon"),
        pytest.param(b'{"a"\t\r:1,"a" :1}', True, id="white space of other kinds"),
        pytest.param(rb'{"a":"\":","b" :2}', False, id="text that looks like the end of a key"),
        pytest.param(rb'{"a":"x\":y","a":"\" :"}', True, id="such text, and a key twice"),
        pytest.param(rb'{"a":"\\","b":"\\\""}', False, id="escaped backslashes before quotes"),
        pytest.param(b'[{"a":1},{"a":1}]', False, id="the same key in two mappings"),
        pytest.param(b'[[{"b":{"a":1,"c":2,"a":1}}]]', True, id="a key twice far inside"),
        pytest.param(b'{"a":{"x":1},"a":{}}', True, id="a mapping that is lost"),
        pytest.param(b'{"":1,"":2}', True, id="an empty key"),
        pytest.param(b'"a"', False, id="no mapping at all"),
    ],
)
def test_a_key_that_is_written_twice_is_seen(raw, expected):
    assert has_duplicate_keys(raw, orjson.loads(raw)) is expected


rows = st.recursive(
    st.text(alphabet='a":\\ \n1é'),
    lambda inner: st.one_of(st.lists(inner), st.lists(st.tuples(st.text(alphabet='a":', max_size=1), inner)).map(dict)),
    max_leaves=8,
)


@given(
    st.lists(st.tuples(st.text(alphabet='a":\\', max_size=1), rows), max_size=5), st.sampled_from([":", " :", "\t: "])
)
def test_the_answer_about_duplicate_keys_is_exact(pairs, colon):
    members = (f"{json.dumps(key)}{colon}{json.dumps(item, separators=(',', colon))}" for key, item in pairs)
    raw = f"{{{','.join(members)}}}".encode()
    names = [key for key, _ in pairs]
    assert has_duplicate_keys(raw, orjson.loads(raw)) is (len(set(names)) < len(names))
