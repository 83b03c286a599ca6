"""Changes of the structure of a row, made in its text, change the value as they say and leave all else as it was."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.rows import row_document
from palms_spec.engine.edits import fix_of
from palms_spec.engine.rereading import edited
from palms_spec.rulekit.repair import Put, Repair, Take, TakeBehind
from palms_spec.sources.node import escape_step

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
)
STYLES: list[dict[str, Any]] = [{}, {"indent": None, "separators": (",", ":")}, {"separators": (" , ", " : ")}]


def ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all values inside of one."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, item in steps for found in ((*way, step), *ways(item, (*way, step)))]


def at(value: Any, way: tuple[Any, ...]) -> Any:
    for step in way:
        value = value[step]
    return value


def pointer_of(way: tuple[Any, ...]) -> str:
    return "".join(f"/{escape_step(str(step))}" for step in way)


@given(
    value=st.dictionaries(st.text(max_size=3), VALUES, min_size=1, max_size=4),
    style=st.sampled_from(STYLES),
    data=st.data(),
)
def test_a_change_does_what_it_says(value, style, data):
    way = data.draw(st.sampled_from(ways(value)))
    raw = json.dumps(value, ensure_ascii=False, **style).encode("utf-8", "surrogatepass")
    parent, step = at(value, way[:-1]), way[-1]
    kind = data.draw(st.sampled_from(["put", "take", *(["behind"] if isinstance(parent, list) else [])]))
    change: Any
    if kind == "put":
        change = Put(pointer_of(way), data.draw(VALUES))
        parent[step] = change.value
    elif kind == "take":
        change = Take(pointer_of(way))
        del parent[step]
    else:
        change = TakeBehind(pointer_of(way))
        del parent[step + 1 :]
    fix = fix_of(Repair("", "safe", (change,)), row_document("rows.jsonl", raw, 1, 40))
    assert json.loads(edited(raw, fix.edits, 40)) == value


def test_what_is_not_there_is_not_changed():
    document = row_document("rows.jsonl", b'{"a": [1]}', 1, 0)
    for change in (Take("/b"), Take("/a/1"), Put("/a/0/c", 1), TakeBehind("/a")):
        assert fix_of(Repair("", "safe", (change,)), document).edits == ()


def test_a_mapping_with_a_key_twice_is_left_alone():
    document = row_document("rows.jsonl", b'{"a": 1, "a": 2, "b": 3}', 1, 0)
    assert fix_of(Repair("", "safe", (Take("/b"),)), document).edits == ()
