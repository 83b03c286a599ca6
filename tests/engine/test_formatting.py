"""The canonical form: the same values and comments, laid out in one way, once and for all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palms_spec.documents.document import Document
from palms_spec.documents.opening import read_tree
from palms_spec.engine.formatting import format_rows, formatted
from palms_spec.engine.rereading import shape
from palms_spec.shipped import shipped
from palms_spec.sources.node import Plain
from palms_spec.sources.yaml_writing import write_yaml

FRONT = "---\ncategory: health\npositions: [a, b]\n---\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\ufeffa: b", "a: b\n", id="a byte order mark and a missing line end"),
        pytest.param("a: b  \r\nc: d\t\r\n", "a: b\nc: d\n", id="line ends and blanks before them"),
        pytest.param("\n\n# c  \na: b\n\n\n\nd: e\n\n\n", "# c\na: b\n\nd: e\n", id="blank lines"),
        pytest.param(
            "a: |\n  b  \n\n\n  c\n\n\nd: e\n", "a: |\n  b  \n\n\n  c\n\nd: e\n", id="a block keeps its lines"
        ),
        pytest.param("a: |+\n  b\n\n\nd: e\n", "a: |+\n  b\n\n\nd: e\n", id="blank lines that a block keeps"),
        pytest.param("a: |\n  b", "a: |\n  b", id="a line end that a block would take in"),
        pytest.param("a: >\r\n  b\r\n  c\r\n", "a: >\n  b\n  c\n", id="line ends inside of a block"),
        pytest.param("a: 'b  \n\n\n  c'  # d  \n", "a: 'b  \n\n\n  c'  # d\n", id="quoted text of several lines"),
        pytest.param("a: b\n\n\n  c\n", "a: b\n\n\n  c\n", id="plain text of several lines"),
        pytest.param("a: [b,  \n\n\n c]\n", "a: [b,\n\n c]\n", id="a list of several lines"),
    ],
)
def test_yaml(before, after):
    assert formatted("a.yaml", before.encode()) == after.encode()
    assert formatted("a.yaml", after.encode()) == after.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(FRONT + "# Why?\n\nSo.\n", FRONT + "# Why?\n\nSo.\n", id="a sample as it should be"),
        pytest.param(
            "---  \n\na: b \n\n---\t\n\n\n#  Why? \nSo.\n\n\n", "---\na: b\n---\n# Why?\n\nSo.\n", id="blanks"
        ),
        pytest.param(
            "\ufeff\n# Why?\r\nSo.  \r\n\r\nYes.", "# Why?\n\nSo.  \n\nYes.\n", id="an answer keeps its blanks"
        ),
        pytest.param("# Why?\n\n    code\n", "# Why?\n\n    code\n", id="an answer that begins with blanks"),
        pytest.param("# Why?\n\n\n", "# Why?\n", id="no answer"),
        pytest.param(
            "---\nround: 1\nmine: x\n# of positions\npositions: [a]   # here\nmetadata:\n  b: c\n# in metadata\ncategory: h\n# end\n---\n# Why?\n\nSo.\n",
            "---\n# in metadata\ncategory: h\n# of positions\npositions: [a]   # here\nround: 1\nmetadata:\n  b: c\nmine: x\n# end\n---\n# Why?\n\nSo.\n",
            id="the order of keys, with their comments",
        ),
        pytest.param(
            "---\nauthors:\n- a\n- b\nid: x\nmetadata: {a: b,\n  c: d}\ncategory: h\n---\n# Why?\n\nSo.\n",
            "---\nid: x\ncategory: h\nauthors:\n- a\n- b\nmetadata: {a: b,\n  c: d}\n---\n# Why?\n\nSo.\n",
            id="values of several lines go with their keys",
        ),
        pytest.param(
            "---\nmetadata: {a: &x b, c: *x}\ncategory: h\n---\n# Why?\n\nSo.\n",
            "---\nmetadata: {a: &x b, c: *x}\ncategory: h\n---\n# Why?\n\nSo.\n",
            id="anchors hold the order",
        ),
        pytest.param(
            "---\n{round: 1, category: h}\n---\n# Why?\n\nSo.\n",
            "---\n{round: 1, category: h}\n---\n# Why?\n\nSo.\n",
            id="a mapping on one line",
        ),
        pytest.param(
            "---\nround: 1\nround: 2\ncategory: h\n---\n# Why?\n\nSo.\n",
            "---\nround: 1\nround: 2\ncategory: h\n---\n# Why?\n\nSo.\n",
            id="a key that stands twice",
        ),
        pytest.param(
            "---\n# palms: ignore[x] so\n\nround: 1\ncategory: h\n---\n# Why?\n\nSo.\n",
            "---\n# palms: ignore[x] so\n\ncategory: h\nround: 1\n---\n# Why?\n\nSo.\n",
            id="a comment that stands apart stays on top",
        ),
    ],
)
def test_markdown(before, after):
    assert formatted("a.md", before.encode()) == after.encode()
    assert formatted("a.md", after.encode()) == after.encode()


def test_json_keeps_its_lines():
    assert formatted("a.json", b'\xef\xbb\xbf\r\n{"a":  \r\n\r\n  "b  "}\r\n\r\n') == b'{"a":\n\n  "b  "}\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.yaml", "a: ["), ("a.md", "---\na: b\n"), ("a.md", "No heading.\n"), ("a.json", "{"), ("a.yaml", "a: \0")],
)
def test_what_does_not_parse_is_left_alone(path, text):
    assert formatted(path, text.encode()) is None


def test_rows(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b'\xef\xbb\xbf{"a": "b"} \r\n \n{"a": "b \n{"c": 1}\t')
    format_rows(old, new)
    assert new.read_bytes() == b'{"a": "b"}\n\n{"a": "b \n{"c": 1}\n', "a row that is no JSON keeps its blanks"


@pytest.mark.parametrize("folder", ["specs", "datasets", "rules"])
def test_what_we_ship_is_in_form(folder):
    files = [path for path in sorted((shipped() / folder).rglob("*")) if path.suffix in (".yaml", ".md")]
    samples = [path for path in files if path.suffix == ".yaml" or "samples" in path.parts]
    assert samples
    assert [path.name for path in samples if formatted(path.name, path.read_bytes()) != path.read_bytes()] == []


values: st.SearchStrategy[Any] = st.recursive(
    st.text(st.sampled_from("ab #:'\"\n\té-|"), max_size=12) | st.integers() | st.none() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
noise = st.sampled_from(["", " ", "\t", "\n", "\n\n", "\r\n", "  \n", " # c", "\n# c  \n", "\r"])


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """YAML with noise at the ends of its lines."""
    mapping: Plain = draw(st.dictionaries(st.text("abcd", min_size=1, max_size=3), values, max_size=4))
    text = write_yaml(mapping)
    return draw(noise) + "".join(
        line + draw(noise) + draw(st.sampled_from(["\n", "\r\n"])) for line in text.split("\n")
    )


def check(path: str, text: str):
    """That the canonical form has the same values, and is its own canonical form."""
    before = Document(path, text.encode())
    root = read_tree(before)
    after = formatted(path, text.encode())
    if root is None or after is None:
        assert after is None
        return None
    again = read_tree(Document(path, after))
    assert again is not None
    if path.endswith(".md"):
        one, other = shape(root, {})[0], shape(again, {})[0]
        assert sorted(one) == sorted(other)
    else:
        assert shape(again, {}) == shape(root, {})
    assert formatted(path, after) == after
    return after.decode()


@given(yaml_texts())
def test_yaml_keeps_its_values_and_its_form(text):
    after = check("a.yaml", text)
    assume(after is not None)
    assert "".join(after.split()) == "".join(text.split()), "only blanks and line ends change"


@given(
    yaml_texts(),
    st.text(st.sampled_from("ab# \t\n\r-é"), max_size=20),
    st.text(st.sampled_from("ab# \t\n\r-é"), max_size=30),
    noise,
)
def test_a_markdown_sample_keeps_its_values_and_its_form(front, question, answer, space):
    check("a.md", f"---{space}\n{front}---\n{space}# {question}\n{space}\n{answer}")


@given(
    st.permutations(
        ["category: h", "positions: [a]", "round: 1", "authors:\n- b\n-  c", "metadata:\n  d: |\n    e", "own: f"]
    ),
    st.lists(st.sampled_from(["", "# c", "\n", "# c\n# c", "\n# c"]), min_size=7, max_size=7),
)
def test_the_order_of_keys_keeps_values_and_comments(lines, between):
    front = "".join(f"{space}\n{line}\n" if space else f"{line}\n" for space, line in zip(between, lines, strict=False))
    text = f"---\n{front}{between[6]}\n---\n# Why?\n\nSo.\n"
    after = check("a.md", text)
    assert after is not None
    assert after.count("# c") == text.count("# c")
    keys = [line.split(":")[0] for line in after.split("---")[1].splitlines() if line[:1].isalpha()]
    assert keys == ["category", "positions", "round", "authors", "metadata", "own"]


@given(values, noise, st.sampled_from([None, 1]))
def test_json_keeps_its_values_and_its_form(value, space, indent):
    text = space.replace(" # c", "").replace("# c", "") + json.dumps(value, indent=indent) + " \r\n"
    after = check("a.json", text)
    assert after is not None
    assert json.loads(after) == value
