"""From repairs in terms of values to edits in terms of bytes."""

from __future__ import annotations

import json

import pytest

from palms_spec.documents.document import Document
from palms_spec.documents.opening import read_tree
from palms_spec.documents.rows import row_document
from palms_spec.engine.edits import fix_of
from palms_spec.engine.rereading import edited
from palms_spec.findings import Edit, Fix
from palms_spec.rulekit.repair import Quote, Repair, Replace, Unmark

SAMPLE = "---\ncategory: health\nmetadata: {code: no}\n---\n# Is it café?\n\nOne é,\ntwo é.\n"


def document(path: str, text: str) -> Document:
    made = Document(path, text.encode("utf-8"))
    read_tree(made)
    return made


def fix(path: str, text: str, *changes, safety="safe") -> Fix:
    return fix_of(Repair("do it", safety, changes), document(path, text))


def after(path: str, text: str, *changes) -> str:
    found = fix(path, text, *changes)
    assert found.safety == "safe", found
    return edited(text.encode("utf-8"), found.edits).decode("utf-8")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without a mark", "behind a byte order mark"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_place_is_found_behind_characters_of_several_bytes(mark, ending):
    text = mark + SAMPLE.replace("\n", ending)
    change = Replace("/completion", "E", 11, 12)
    assert after("a.md", text, change) == text.replace("two é", "two E")


def test_several_changes_of_one_document():
    changes = [Replace("/completion", "x", 11, 12), Replace("/prompt", "y", 9, 10), Quote("/metadata/code")]
    assert after("a.md", SAMPLE, *changes) == (
        '---\ncategory: health\nmetadata: {code: "no"}\n---\n# Is it cafy?\n\nOne é,\ntwo x.\n'
    )


def test_a_key_is_renamed_and_quoted():
    text = "palms: 1\ncategroy: x\non: y\n"
    changes = [Replace("/categroy", "category", on_key=True), Quote("/on", on_key=True)]
    assert after("a.yaml", text, *changes) == 'palms: 1\ncategory: x\n"on": y\n'
    assert after("a.json", '{"categroy": "x"}', changes[0]) == '{"category": "x"}'


def test_edits_of_a_row_count_from_the_start_of_the_file():
    raw = json.dumps({"prompt": "é b", "completion": "c"}, ensure_ascii=False).encode()
    found = fix_of(Repair("m", "unsafe", (Replace("/prompt", "x", 2, 3),)), row_document("r.jsonl", raw, 7, 1000))
    assert found == Fix("m", "unsafe", (Edit(1015, 1016, "x", "x"),))


def test_what_is_written_is_escaped_as_its_place_asks():
    assert after("a.json", '{"a": "b"}', Replace("/a", 'x"\ny')) == '{"a": "x\\"\\ny"}'
    assert after("a.yaml", "a: 'b'", Replace("/a", "it's")) == "a: 'it''s'"


def test_a_byte_order_mark_is_taken_away():
    assert after("a.yaml", "\ufeffa: b", Unmark()) == "a: b"
    assert fix("a.yaml", "a: b", Unmark()) == Fix("do it", "shown")


@pytest.mark.parametrize(
    ("path", "text", "change"),
    [
        pytest.param("a.json", '{"a": "\\u00e9"}', Replace("/a", "e", 0, 1), id="an escape"),
        pytest.param("a.yaml", "a: b\n  c", Replace("/a", "", 1, 2), id="a fold"),
        pytest.param("a.yaml", "a: &x b\nc: *x", Replace("/a", "d", 0, 1), id="what an alias repeats"),
        pytest.param("a.yaml", "a: [b]", Replace("/a", "c"), id="a list"),
        pytest.param("a.yaml", "a: b", Replace("/c", "d"), id="what is not there"),
        pytest.param("a.yaml", "a: 'no'", Quote("/a"), id="what has quotes already"),
        pytest.param("a.md", SAMPLE, Replace("/prompt", "x", on_key=True), id="a key that stands nowhere"),
        pytest.param("a.yaml", "a: [", Replace("/a", "c"), id="a text that does not parse"),
    ],
)
def test_what_cannot_be_edited_exactly_is_shown_only(path, text, change):
    assert fix(path, text, change) == Fix("do it", "shown")


def test_all_changes_or_none():
    assert fix("a.json", '{"a": "\\u00e9", "b": "c"}', Replace("/b", "x"), Replace("/a", "e")) == Fix("do it", "shown")


def test_changes_that_overlap_are_shown_only():
    assert fix("a.json", '{"a": "bcd"}', Replace("/a", "", 0, 2), Replace("/a", "", 1, 3)) == Fix("do it", "shown")


def test_what_is_packed_is_shown_only():
    raw = b'{"prompt": "a", "completion": "c"}'
    found = fix_of(Repair("m", "safe", (Replace("/prompt", "x"),)), row_document("r.jsonl.gz", raw, 1, 0))
    assert found.safety == "shown"


def test_a_repair_without_changes_is_shown():
    assert fix_of(Repair("delete one", "shown"), Document("a.yaml")) == Fix("delete one", "shown")
