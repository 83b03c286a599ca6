from __future__ import annotations

import json

import pytest

from palms_spec.documents.approvals import Approval
from palms_spec.documents.records import read_records
from palms_spec.documents.reviews import Review

APPROVAL = {
    "fingerprint": "0123456789abcdef",
    "change": "position-reworded",
    "reason": "style",
    "by": "the maintainers",
    "at": "2027-01-31T10:00:00Z",
    "spec_version": "1.0.0",
}
REVIEW = {
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
    ("changed", "message"),
    [
        ({"score": 2}, "no record: score 2 is violates, and the verdict is adheres"),
        ({"score": 6}, "no record: score: input should be less than or equal to 5"),
        ({"reviewer": "Ana"}, "no record: reviewer: string should match pattern '^(human:\\S.*|model:\\S+@\\S+)$'"),
        (
            {"sample_hash": "00", "at": ""},
            "no record: sample_hash: string should match pattern '^[0-9a-f]{64}$' (and 1 more)",
        ),
        ({"note": 1}, "no record: note: extra inputs are not permitted"),
    ],
    ids=["a score that contradicts", "a score too high", "a reviewer of no kind", "two faults", "an unknown field"],
)
def test_a_line_that_holds_no_record_says_why(changed, message):
    (line,) = read_records(json.dumps(REVIEW | changed).encode(), Review)
    assert line.record is None
    assert line.defect.message == message


def test_a_line_that_is_no_json_says_so():
    good, bad = read_records(json.dumps(REVIEW).encode() + b"\n{", Review)
    assert good.record is not None
    assert bad.defect.message.startswith("no record: invalid JSON")


def test_a_record_is_written_as_it_is_read():
    review = Review(**REVIEW)
    assert [line.record for line in read_records(review.as_line().encode(), Review)] == [review]
    assert "carried_over" not in review.as_line()
