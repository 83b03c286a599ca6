"""What a file says about its own findings."""

from __future__ import annotations

import pytest

from palms_spec.documents.document import Document
from palms_spec.documents.opening import ROW, read_tree
from palms_spec.documents.rows import row_document
from palms_spec.documents.snapshot import restored, snapshot
from palms_spec.documents.suppressions import suppressions_in
from palms_spec.engine.packing import dumps, loads
from palms_spec.findings import END_OF_FILE, suppression_of, suppression_row

WHOLE = (0, END_OF_FILE)


def suppressions(path: str, text: str):
    document = Document(path, text.encode())
    read_tree(document)
    return suppressions_in(document)


def written(path: str, text: str):
    """Rule, reason and last day of each."""
    return [(one.rule, one.reason, one.until) for one in suppressions(path, text)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# palms: ignore[role-marker] a quotation", [("role-marker", "a quotation", "")]),
        ("#palms:ignore[role-marker]a quotation", [("role-marker", "a quotation", "")]),
        ("#  palms:  ignore [ SAM004 , DUP001 ]: two", [("SAM004", "two", ""), ("DUP001", "two", "")]),
        ("# palms: ignore[x] - a reason", [("x", "a reason", "")]),
        ("# palms: ignore[x] until=2027-01-31 a reason", [("x", "a reason", "2027-01-31")]),
        ("# palms: ignore[x] a reason until=2027-01-31", [("x", "a reason", "2027-01-31")]),
        ("# palms: ignore[x] a reason until=soon", [("x", "a reason", "soon")]),
        ("# palms: ignore[x]", [("x", "", "")]),
        ("# palms: ignore[]", [("", "", "")]),
        ("# palms: ignore", [("", "", "")]),
        ("# palms: ignore[x", [("", "[x", "")]),
        ("# palms: ignored", []),
        ("# Palms: ignore[x]", []),
        ("# palm: ignore[x]", []),
    ],
)
def test_what_a_comment_says(comment, expected):
    assert written("a.yaml", f"{comment}\na: 1\n") == expected
    assert written("a.md", f"---\n{comment}\na: 1\n---\n# Q?\n\nA.\n") == expected


def test_only_the_first_rule_of_a_comment_stands_for_its_reason():
    assert [one.first for one in suppressions("a.yaml", "# palms: ignore[a, b, c]\na: 1\n")] == [True, False, False]


def test_a_comment_points_at_the_rule_and_at_itself():
    text = "ä: 1\nb: 2  # palms: ignore[one, two] wörter  \n"
    _, two = suppressions("a.yaml", text)
    data = text.encode()
    assert data[two.rule_span.offset : two.rule_span.end_offset] == b"two"
    assert (two.rule_span.line, two.rule_span.column) == (2, 28)
    assert data[two.place.span.offset : two.place.span.end_offset].decode() == two.text
    assert two.text == "# palms: ignore[one, two] wörter"
    assert data[two.start : two.end].decode() == text.splitlines()[1]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("a.yaml", "palms_ignore: [{rule: x, reason: y}]\na: 1\n", [WHOLE], id="a document"),
        pytest.param("a.json", '{"palms_ignore": [{"rule": "x"}], "a": 1}', [WHOLE], id="in JSON"),
        pytest.param("a.md", "---\npalms_ignore: [{rule: x}]\n---\n# Q?\n\nA.\n", [WHOLE], id="a sample"),
        pytest.param(
            "a.md", "---\na: 1 # palms: ignore[x]\n---\n# Q?\n\nA.\n", [WHOLE], id="a comment in front matter"
        ),
        pytest.param("a.yaml", "# palms: ignore[x]\na: 1\n", [WHOLE], id="a comment above everything"),
        pytest.param("a.yaml", "- a: 1\n- b: 2\n  palms_ignore: [{rule: x}]\n", [(9, 41)], id="a sample in a list"),
        pytest.param("a.yaml", "a: 1\n# palms: ignore[x]\n", [(5, 5)], id="a comment above nothing"),
    ],
)
def test_what_is_covered(path, text, expected):
    assert [(one.start, one.end) for one in suppressions(path, text)] == expected


def test_a_field_in_a_row_covers_the_row():
    raw = b'{"prompt": "a", "palms_ignore": [{"rule": "x", "reason": "y"}]}'
    (one,) = suppressions_in(row_document("rows.jsonl", raw, 7, 300))
    assert (one.start, one.end) == (300, 300 + len(raw))
    assert (one.place.span.line, one.place.span.offset) == (7, 300 + raw.index(b'{"rule"'))
    assert one.rule_span.offset == 300 + raw.index(b'x"')


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "---\na: 1\n---\n# Q?\n\n# palms: ignore[x] reason\n"),
        ("a.md", "# Q?\n\n<!-- # palms: ignore[x] reason -->\n"),
        ("a.yaml", "a: '# palms: ignore[x]'\n"),
        ("a.json", '{"a": "# palms: ignore[x]"}'),
        ("a.yaml", "palms_ignore: x\n"),
        ("a.yaml", "palms_ignore: [x, {reason: y}, {rule: 1}, {rule: ' '}, [1]]\n"),
        ("a.yaml", "a:\n  palms_ignore: [{rule: x}]\n"),
        ("a.yaml", "a: [1  # palms: ignore[x]\n"),
        ("a.yaml", ""),
    ],
)
def test_what_is_no_suppression(path, text):
    assert suppressions(path, text) == []


def test_a_row_that_cannot_be_read_says_nothing():
    assert suppressions_in(row_document("rows.jsonl", b'{"palms_ignore": [', 1, 0)) == []
    assert suppressions_in(Document("rows.jsonl", b"palms_ignore \xff", kind=ROW)) == []


def test_a_cache_keeps_suppressions():
    document = Document("a.yaml", b"# palms: ignore[a, b] c until=2027-01-01\na: 1\n")
    read_tree(document)
    document.suppressions = suppressions_in(document)
    again = restored("a.yaml", document.data, loads(dumps(snapshot(document))))
    assert again is not None
    assert again.suppressions == document.suppressions
    assert [suppression_of(loads(dumps(suppression_row(one)))) for one in again.suppressions] == again.suppressions
