from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from palms_spec.documents.approvals import Approval
from palms_spec.documents.records import read_records
from palms_spec.documents.reviews import Review

APPROVAL: dict[str, Any] = {
    "fingerprint": "0123456789abcdef",
    "change": "position-reworded",
    "reason": "style",
    "by": "the maintainers",
    "at": "2027-01-31T10:00:00Z",
    "spec_version": "1.0.0",
}
REVIEW: dict[str, Any] = {
    "sample": "health/a",
    "sample_hash": "0" * 64,
    "position": "health.no-diagnosis",
    "position_hash": "1" * 64,
    "verdict": "adheres",
    "score": 4,
    "reviewer": "human:Ana",
    "rationale": "It names no illness.",
    "at": "2027-01-31T10:00:00Z",
}


def test_lines_have_numbers_and_places():
    data = b"\xef\xbb\xbf" + json.dumps(APPROVAL).encode() + b"\r\n\n" + json.dumps(APPROVAL).encode()
    first, second = read_records(data, Approval)
    assert (first.number, first.first_byte) == (1, 3)
    assert (second.number, data[second.first_byte :]) == (3, json.dumps(APPROVAL).encode())
    assert first.record == second.record == Approval(**APPROVAL)


@pytest.mark.parametrize(
    ("changed", "pointers", "message"),
    [
        ({"score": 2}, ["/score"], "a score of 2 stands for violates, and the verdict is adheres"),
        ({"score": 6}, ["/score"], "score: expected 5 or less, found the number 6"),
        ({"score": True}, ["/score"], "score: expected a whole number, found true"),
        (
            {"reviewer": "Ana"},
            ["/reviewer"],
            "reviewer: expected human:<name>, or model:<name>@<hash of its prompt>, found “Ana”",
        ),
        (
            {"sample_hash": "00", "at": "yesterday"},
            ["/sample_hash", "/at"],
            "sample_hash: expected a SHA-256 of 64 hex digits, found “00”",
        ),
        ({"at": "2027-02-30T10:00:00Z"}, ["/at"], "there is no moment 2027-02-30T10:00:00Z"),
        (
            {"at": "2027-01-31T10:00:00"},
            ["/at"],
            "at: expected a moment with its zone, such as 2027-01-31T10:00:00Z, found “2027-01-31T10:00:00”",
        ),
        ({"rational": ""}, ["/rational"], "rational is not a field here"),
    ],
    ids=[
        "a score that contradicts",
        "a score too high",
        "a score that is none",
        "a reviewer of no kind",
        "two faults",
        "a day that never comes",
        "a moment without its zone",
        "an unknown field",
    ],
)
def test_a_line_that_holds_no_record_says_why_and_where(changed, pointers, message):
    (line,) = read_records(json.dumps(REVIEW | changed).encode(), Review)
    assert line.record is None
    assert [defect.pointer for defect in line.defects] == pointers
    assert line.defects[0].message == message


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"{", "syntax-error"),
        (b"[1]", "schema-violation"),
        (b"7", "schema-violation"),
        (b"\xff", "unreadable-document"),
        (b"\x00", "syntax-error"),
        (b"[" * 300 + b"]" * 300, "syntax-error"),
        (json.dumps(REVIEW).encode()[:-1] + b', "score": 4}', "duplicate-key"),
    ],
    ids=["cut off", "a list", "a number", "no UTF-8", "a NUL", "too deep", "a key twice"],
)
def test_a_line_that_is_no_record_costs_no_other(raw, kind):
    good, bad, other = read_records(
        json.dumps(REVIEW).encode() + b"\n" + raw + b"\n" + json.dumps(REVIEW).encode(), Review
    )
    assert good.record == other.record == Review(**REVIEW)
    assert bad.record is None
    assert bad.defects[0].kind == kind


VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, 1, 3, 4, 5, 6, 4.0, "", " ", "a", "á b", "0" * 64, "A" * 64, "x" * 201, []),
        *("adheres", "violates", "unclear", "human:Ana", "human:", "human: ", "model:m@1", "model:m"),
        *("2027-01-31T10:00:00+01:00", "2027-13-31T10:00:00Z", "2027-01-31 10:00:00Z"),
    ]
)


@given(
    st.dictionaries(st.sampled_from([*Review.model_fields, "more"]), VALUES, max_size=3),
    st.sets(st.sampled_from([*REVIEW]), max_size=1),
)
def test_what_is_told_at_a_glance_is_what_validation_says(changed, missing):
    value = {name: one for name, one in (REVIEW | changed).items() if name not in missing}
    raw = json.dumps(value).encode()
    try:
        expected = Review.model_validate_json(raw)
    except ValidationError:
        expected = None
    assert Review.at_a_glance(raw) == expected


def test_a_record_is_written_as_it_is_read():
    for rationale in ("It names no illness.", "", "a\nb\u2028c", "d\ud800e"):
        review = Review(**REVIEW | {"rationale": rationale})
        assert [line.record for line in read_records(review.as_line().encode(), Review)] == [review]
        assert "carried_over" not in review.as_line()
