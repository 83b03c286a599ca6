from __future__ import annotations

import pytest

from tests.projects import lint, write_project
from tests.scratch import APPROVALS

GOOD = (
    '{"fingerprint": "0123456789abcdef", "change": "position-reworded", "reason": "style", "by": "Ann",'
    ' "at": "2027-01-31T10:00:00Z", "spec_version": "1.0.0"}\n'
)


def findings(root, text, name=APPROVALS):
    write_project(root, {name: text})
    return [
        (one.rule, one.path, one.place.span.line, one.place.span.column)
        for one in lint(root).stream()
        if one.path == name
    ]


def test_good_records_are_not_mentioned(tmp_path):
    assert findings(tmp_path, "\ufeff" + GOOD + "\n \n" + GOOD.rstrip()) == []


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("{", "syntax-error", 2),
        ("[1]", "schema-violation", 1),
        (GOOD.replace('"style"', '" "').rstrip(), "schema-violation", 78),
        (GOOD.replace("0123456789abcdef", "0123").rstrip(), "schema-violation", 17),
        (GOOD.replace('"by": "Ann",', "").rstrip(), "schema-violation", 1),
        (GOOD.replace("reason", "reasn").rstrip(), "schema-violation", 1),
        (GOOD.replace('"by": "Ann"', '"by": "Ann", "by": "Bob"').rstrip(), "duplicate-key", 87),
        (GOOD.replace("10:00:00Z", "99:00:00Z").rstrip(), "schema-violation", 106),
        (GOOD.replace("1.0.0", "1.0").rstrip(), "schema-violation", 146),
    ],
)
def test_a_bad_line_is_found_at_its_line(tmp_path, line, rule, column):
    found = findings(tmp_path, GOOD + line + "\n" + GOOD)
    assert (rule, APPROVALS, 2, column) in found
    assert {place[2] for place in found} == {2}


def test_an_unreadable_file_is_found(tmp_path):
    assert findings(tmp_path, b"\xff\xfe\x00\x00")[0][0] == "unreadable-document"


def test_a_file_of_that_name_elsewhere_is_nobody_s(tmp_path):
    assert findings(tmp_path, '{"who": "cares"}\n', "notes/approvals.jsonl") == []
