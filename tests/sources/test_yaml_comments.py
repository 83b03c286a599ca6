"""Which comments of YAML belong to what."""

from __future__ import annotations

import re
import time

import pytest

from palms_spec.sources.json_writing import write_json
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_comments import yaml_comments

MARK = re.compile(r"#!([^\r\n]*)")

TREE = """\
# top
a:
  b: 1
  #!
  c: [x, y]
  d: 2
list:
  - id: one
    text: first
  - id: two
    text: second
"""


def covered(text: str) -> list[str | None]:
    """The text that each comment which begins with `#!` covers."""
    source = SourceText("a.yaml", text)
    comments = yaml_comments(source, read_yaml(source), MARK)
    return [None if one.covers is None else text[slice(*one.covers)] for one in comments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2  #!\nc: 3\n", ["b: 2  #!"], id="at the end of a line, that line"),
        pytest.param("a:\n  b: 2 #!\n", ["  b: 2 #!"], id="with its indentation"),
        pytest.param(
            "a: >- #!\n  one\n  two\nb: 1\n", ["a: >- #!\n  one\n  two"], id="at a header, the block below it"
        ),
        pytest.param('a: "one\n  two" #!\nb: 1\n', ['"one\n  two" #!'], id="behind a quoted text, all its lines"),
        pytest.param("a: one\n  two #!\nb: 1\n", ["one\n  two #!"], id="behind a plain text, all its lines"),
        pytest.param("a: 1\n#!\nb: [1, 2]\nc: 3\n", ["b: [1, 2]"], id="above a key, the key with its value"),
        pytest.param("a: 1\n#!\n\n# more\n\nb: 2\n", ["b: 2"], id="over blank lines and other comments"),
        pytest.param("a:\n  #!\n  b: 1\n  c: 2\n", ["b: 1"], id="above the first key of a mapping, that key"),
        pytest.param("a:\n  #!\n  - x: 1\n    y: 2\n  - x: 3\n", ["x: 1\n    y: 2"], id="above an item, the item"),
        pytest.param("#!\n- x: 1\n- x: 2\n", ["x: 1"], id="above the first item of a list, that item"),
        pytest.param("a:\n  #!\n  -\n    x: 1\n    y: 2\n", ["x: 1\n    y: 2"], id="an item below its dash"),
        pytest.param("a:\n  #!\n  - [1, 2]\n", ["[1, 2]"], id="a list in a list"),
        pytest.param("a:\n  #!\n  long text\nb: 1\n", ["long text"], id="above a text, the text"),
        pytest.param("#!\na: 1\nb: 2\n", ["#!\na: 1\nb: 2\n"], id="above the first key, everything"),
        pytest.param("# other\n#!\n---\na: 1\n", ["# other\n#!\n---\na: 1\n"], id="also before the dashes"),
        pytest.param("a:\n  - b: 1\n    #!\n  - b: 2\n", ["b: 2"], id="at the end of an item, the next one"),
        pytest.param("a: 1\n#!\n", [None], id="where nothing follows, nothing"),
        pytest.param("a: &x [1]\n#!\nb: *x\nc: 1\n", ["b"], id="an alias covers its key, not what it repeats"),
        pytest.param("a: 1\n#!\nb: {c: 1,\n  d: 2}\n", ["b: {c: 1,\n  d: 2}"], id="a flow mapping"),
        pytest.param("a: 1 #! #!\n", ["a: 1 #! #!"], id="one comment a line"),
        pytest.param("a: 1 # see #!\nb: 2\n", ["a: 1 # see #!"], id="behind another comment"),
        pytest.param("a: 1\r\n#!\r\nb: 2\r\n", ["b: 2"], id="with other line ends"),
        pytest.param("a: \"#!\"\nb: 'x #!'\n", [], id="not in quotes"),
        pytest.param("a: |\n  one\n  #!\n", [], id="not in a block"),
        pytest.param("a: x#!\n", [], id="not in a plain text"),
        pytest.param(TREE, ["c: [x, y]"], id="in the middle"),
    ],
)
def test_what_a_comment_covers(text, expected):
    assert covered(text) == expected


def test_a_part_of_a_text_is_a_text():
    text = "---\n#!\na: 1\n---\n#!\n"
    source = SourceText("a.md", text)
    (comment,) = yaml_comments(source, read_yaml(source, 4, 12), MARK, 4, 12)
    assert comment.match.start() == 4


def test_many_comments_take_no_time():
    many = "#!\n" * 50_000 + "".join(f"key-{number}: 1 #!\n" for number in range(50_000))
    source = SourceText("a.yaml", many)
    root = read_yaml(source)
    start = time.process_time()
    assert sum(1 for _ in yaml_comments(source, root, MARK)) == 100_000
    assert time.process_time() - start < 5


def test_json_has_no_comments():
    assert covered(write_json({"a": "#!", "b": ["#!"]})) == []
