from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palms_spec.sources.node import MappingNode, locate, plain
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_insertion import CannotInsert, insert_item
from palms_spec.sources.yaml_writing import write_yaml


def _inserted(text, key, item, *, pointer="", after=None):
    source = SourceText("a.yaml", text)
    root = read_yaml(source)
    assert root is not None
    owner = locate(root, pointer).node
    assert isinstance(owner, MappingNode)
    return insert_item(source, owner, key, item, after=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("l:\n- id: a\n", "l:\n- id: a\n- id: z\n", id="at the end"),
        pytest.param("l:\n  - id: a   # one\n", "l:\n  - id: a   # one\n  - id: z\n", id="behind a comment"),
        pytest.param("l:\n  - id: a", "l:\n  - id: a\n  - id: z\n", id="where the last line has no end"),
        pytest.param("l:\r\n- id: a\r\n", "l:\r\n- id: a\r\n- id: z\r\n", id="with the line ends that are there"),
        pytest.param(
            "l:\n  - id: a\n\n  - id: b\n\nk: 1\n", "l:\n  - id: a\n\n  - id: b\n\n  - id: z\n\nk: 1\n", id="apart"
        ),
        pytest.param(
            "l:\n  - id: a\n    t: >-\n      b\n      c\n\n# next\nk: 1\n",
            "l:\n  - id: a\n    t: >-\n      b\n      c\n  - id: z\n\n# next\nk: 1\n",
            id="behind folded text",
        ),
        pytest.param("l: []\n", "l:\n  - id: z\n", id="into an empty list"),
        pytest.param("l: []  # none\nk: 1\n", "l: # none\n  - id: z\nk: 1\n", id="into one with a comment"),
        pytest.param("k: 1\n", "k: 1\nl:\n  - id: z\n", id="into one that is not there"),
    ],
)
def test_an_item_is_added_and_nothing_else_changes(before, after):
    assert _inserted(before, "l", {"id": "z"}) == after


def test_an_item_is_added_behind_another():
    text = "l:\n  - id: a\n  - id: b   # second\n"
    assert _inserted(text, "l", {"id": "z"}, after=0) == "l:\n  - id: a\n  - id: z\n  - id: b   # second\n"


def test_an_item_is_added_deep_inside():
    text = "l:\n  - id: a\n    m: []\n  - id: b\n"
    assert _inserted(text, "m", {"id": "z"}, pointer="/l/a") == "l:\n  - id: a\n    m:\n      - id: z\n  - id: b\n"
    assert (
        _inserted(text, "m", {"id": "z"}, pointer="/l/b")
        == "l:\n  - id: a\n    m: []\n  - id: b\n    m:\n      - id: z\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("l: [a, b]\n", "l is written in brackets"),
        ("{l: [], k: 1}\n", "is written in braces"),
        ("l: text\n", "l is no list"),
        ("l:\n  - |+\n    text\n\n\nk: 1\n", "would read otherwise"),
    ],
)
def test_a_layout_without_a_place_is_refused(text, message):
    with pytest.raises(CannotInsert, match=message):
        _inserted(text, "l", {"id": "z"})


TEXTS = st.text("ab:#'\"-\n é—", max_size=12)
ITEMS = st.fixed_dictionaries({"id": st.text("abc", min_size=1, max_size=3), "t": TEXTS, "n": st.integers(0, 9)})


@given(items=st.lists(ITEMS, max_size=3), item=ITEMS, data=st.data())
def test_what_is_written_reads_as_the_old_values_and_the_item(items, item, data):
    text = "# above\n" + write_yaml({"k": "v", "l": items, "m": 1})
    after = data.draw(st.none() | st.integers(0, len(items) - 1)) if items else None
    try:
        new = _inserted(text, "l", item, after=after)
    except CannotInsert:
        assume(False)
        raise
    expected = list(items)
    expected.insert(len(items) if after is None else after + 1, item)
    root = read_yaml(SourceText("a.yaml", new))
    assert root is not None
    assert plain(root) == {"k": "v", "l": expected, "m": 1}
