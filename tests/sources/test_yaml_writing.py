from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.sources.node import MAX_DEPTH, Plain, plain
from palms_spec.sources.text import SourceText, decode
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_writing import write_yaml
from tests.sources.values import plain_values, same

LAID_OUT = f"""\
palms: 1
id: palms-2021
version: "1.2.0"
positions: [health.no-diagnosis, "yes", "the maintainers"]
prompts:
  - id: a
    text: |
      One.
      Two: three.
    tags: []
  - - [x]
    - 1
statement: "An answer says: no, and “never” (at all)."
note: It's 50% "sure", isn't it?
empty: {{}}
long:
  - {"a" * 60}
  - {"b" * 60}
nothing: null
share: 1.0e+16
"""


def test_a_value_is_laid_out_as_people_write_it():
    value: Plain = {
        "palms": 1,
        "id": "palms-2021",
        "version": "1.2.0",
        "positions": ["health.no-diagnosis", "yes", "the maintainers"],
        "prompts": [{"id": "a", "text": "One.\nTwo: three.\n", "tags": []}, [["x"], 1]],
        "statement": "An answer says: no, and “never” (at all).",
        "note": "It's 50% \"sure\", isn't it?",
        "empty": {},
        "long": ["a" * 60, "b" * 60],
        "nothing": None,
        "share": 1e16,
    }
    assert write_yaml(value) == LAID_OUT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("a\nb", "|-\n  a\n  b\n", id="no line break at the end"),
        pytest.param("a\nb\n", "|\n  a\n  b\n", id="one at the end"),
        pytest.param("a\nb\n\n", "|+\n  a\n  b\n\n", id="two at the end"),
        pytest.param("a\n\n b  \n\tc", "|-\n  a\n\n   b  \n  \tc\n", id="blanks in front and at the end of lines"),
        pytest.param(" a\nb", '" a\\nb"\n', id="a blank first would be taken for indentation"),
        pytest.param("\na", '"\\na"\n', id="a blank line first"),
        pytest.param("a\n \nb", '"a\\n \\nb"\n', id="a line of blanks, which editors delete"),
        pytest.param("a\r\nb", '"a\\r\\nb"\n', id="other line ends"),
        pytest.param("\x07\x85\u2028\ufeff\xa0é😀", '"\\x07\\x85\\u2028\\ufeff\xa0é😀"\n', id="what cannot be seen"),
        pytest.param({"no": "off"}, '"no": "off"\n', id="words of YAML 1.1"),
        pytest.param(
            ["012", "1:30", "2021-06-10", "~", "<<", "0x1"],
            '["012", "1:30", "2021-06-10", "~", "<<", "0x1"]\n',
            id="text like numbers and dates",
        ),
        pytest.param({"k" * 1100: [[1]]}, f'? "{"k" * 1100}"\n:\n  - [1]\n', id="a key too long for one line"),
    ],
)
def test_a_style_is_chosen_that_is_exact(value, expected):
    assert write_yaml(value) == expected
    assert plain(read_yaml(SourceText("", expected))) == value  # type: ignore[arg-type]


@given(plain_values)
def test_what_is_written_reads_back_the_same(value):
    text = write_yaml(value)
    node = read_yaml(decode("", text.encode()))
    assert node is not None
    assert same(plain(node), value)


@given(plain_values)
def test_readers_of_yaml_1_1_find_the_same(value):
    assert same(yaml.safe_load(write_yaml(value)), value)


def test_not_a_number_is_written():
    assert write_yaml([float("nan"), float("-inf")]) == "[.nan, -.inf]\n"


def nested(levels: int):
    value: list = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_as_many_levels_are_written_as_are_read():
    text = write_yaml(nested(MAX_DEPTH))
    assert plain(read_yaml(SourceText("", text))) == nested(MAX_DEPTH)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="levels"):
        write_yaml(nested(MAX_DEPTH + 1))


@given(st.text(alphabet=st.characters(categories=["Cs", "Ll"])), st.booleans())
def test_half_a_surrogate_pair_is_refused(text, is_key):
    value: Plain = {text: 1} if is_key else [text]
    if any("\ud800" <= character <= "\udfff" for character in text):
        with pytest.raises(ValueError, match="surrogate"):
            write_yaml(value)
    else:
        assert plain(read_yaml(SourceText("", write_yaml(value)))) == value  # type: ignore[arg-type]
