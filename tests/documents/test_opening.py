"""Keys that stand twice, values that readers of YAML disagree about, and the front matter of Markdown."""

from __future__ import annotations

import pytest

from palms_spec.documents.document import Document
from palms_spec.documents.opening import read_tree


def defects(path: str, text: str) -> list[tuple[str, str]]:
    document = Document(path, text.encode())
    read_tree(document)
    return [(defect.kind, defect.pointer) for defect in document.defects]


AMBIGUOUS = ["no", "No", "YES", "on", "Off", "012", "-07", "08", "1_000", "0b11_0", "12:30", "190:20:30", "1_0.5"]
CLEAR = [
    *("'no'", '"012"', "!!str no", "true", "null", "~", "0", "12", "-3", "1.5", "0.5", "1e3", ".5", "0x1F", "0o17"),
    *("y", "N", "nope", "no way", "yes, please", "2027-01-31", "1.2.0", "12h30", "one_two", "+", "north", "1:2:x"),
    *("192.168.0.1", "0a", "en", "NOR", "=", "a: no".replace(": ", "=")),
]


@pytest.mark.parametrize("value", AMBIGUOUS)
def test_is_ambiguous(value):
    assert defects("x.yaml", f"a: {value}\n") == [("ambiguous-scalar", "/a")]
    assert defects("x.md", f"---\na: {value}\n---\n# Why?\n\nSo.\n") == [("ambiguous-scalar", "/a")]


@pytest.mark.parametrize("value", CLEAR)
def test_is_clear(value):
    assert defects("x.yaml", f"a: {value}\n") == []


@pytest.mark.parametrize("value", AMBIGUOUS)
def test_question_and_answer_are_text(value):
    assert defects("x.md", f"# {value}\n\n{value}\n") == []
    assert defects("x.json", f'{{"a": "{value}"}}') == []


def test_keys_are_looked_at_as_well():
    document = Document("x.yaml", b"on: 1\n'no': 2\ny: 3\n")
    read_tree(document)
    assert [(defect.pointer, defect.on_key) for defect in document.defects] == [("/on", True)]


def test_what_aliases_repeat_is_reported_once():
    text = "a: &a {x: no, y: 1, y: 2}\nb: *a\nc: [*a, *a]\n"
    assert defects("x.yaml", text) == [("duplicate-key", "/a/y"), ("ambiguous-scalar", "/a/x")]


def test_two_values_of_a_key_are_told_apart():
    document = Document("x.yaml", b"tone: 1\ntitle: 2\ntone: 3\ntitle: 4\n")
    read_tree(document)
    assert [(defect.offset, defect.end) for defect in document.defects] == [(0, 4), (8, 13)]


EMPTY = ["", "\n", " \r\n\t", "\ufeff"]


@pytest.mark.parametrize("text", EMPTY)
def test_an_empty_sample_has_no_tree(text):
    document = Document("x.md", text.encode())
    assert read_tree(document) is None
    assert {defect.kind for defect in document.defects} <= {"byte-order-mark"}


FRONT = {
    "a list": ("- category: health", "expected a mapping as front matter, found a list"),
    "a text": ("health", "expected a mapping as front matter, found “health”"),
    "a field of the body": ("prompt: Why?", "prompt is not a field here"),
}


@pytest.mark.parametrize("case", FRONT)
def test_what_is_said_of_front_matter_that_is(case):
    front, message = FRONT[case]
    document = Document("x.md", f"---\n{front}\n---\n# Why?\n\nSo.\n".encode())
    read_tree(document)
    assert [defect.message for defect in document.defects] == [message]


def test_a_missing_question_hides_nothing():
    assert defects("x.md", "---\na: no\n---\nSo.\n") == [("ambiguous-scalar", "/a"), ("schema-violation", "")]
