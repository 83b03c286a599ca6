from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import ProviderError
from palms_spec.providers.answers import MOST_WORDS, Answer, answer_of, metrics_of, moment_of, reason_of
from palms_spec.providers.fireworks_records import job_of as fireworks_job
from palms_spec.providers.openai_records import event_of, file_of, job_of
from palms_spec.providers.together_records import job_of as together_job

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NAMES = st.sampled_from(
    ["id", "status", "state", "name", "error", "created_at", "createTime", "metadata", "data", "events", "jobProgress",
     "n_epochs", "epochs_completed", "estimatedCost", "trainingConfig", "bytes", "message", "trained_tokens"]
)  # fmt: skip


@given(st.binary())
def test_any_bytes_are_an_object_or_an_error(data):
    try:
        found = answer_of(data, "x", "y")
    except ProviderError:
        return
    assert isinstance(found, Answer)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"", b"null", b'"x"', b"\xff"], ids=repr)
def test_what_is_no_object_is_an_error(data):
    with pytest.raises(ProviderError):
        answer_of(data, "x", "y")


@given(
    value=st.dictionaries(NAMES, JSON), read=st.sampled_from([job_of, file_of, event_of, together_job, fireworks_job])
)
def test_any_object_is_a_record_or_an_error(value, read):
    try:
        read(Answer(value, "x", "y"))
    except ProviderError:
        pass


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_error_has_a_reason_or_none(body):
    message, code = reason_of(body)
    assert len(message) <= MOST_WORDS + 10
    assert isinstance(code, str)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"error": {"message": "no", "type": "t", "code": "c"}}, ("no", "c")),
        ({"error": {"message": "no", "type": "t", "code": None}}, ("no", "t")),
        ({"error": "no"}, ("no", "")),
        ({"error": {"code": "NOT_FOUND", "message": "no\n\nsuch thing"}}, ("no such thing", "NOT_FOUND")),
        ({"code": 5, "message": "no"}, ("no", "")),
        ({"detail": "no"}, ("no", "")),
        ([], ("", "")),
    ],
    ids=str,
)
def test_reasons_are_found_in_every_form(body, reason):
    assert reason_of(json.dumps(body).encode()) == reason


def test_a_long_reason_is_cut_and_marked():
    message, _ = reason_of(json.dumps({"error": "x" * 5_000}).encode())
    assert message.endswith("… (cut)")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1_795_000_000, datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)),
        ("2026-11-25T12:00:00Z", datetime(2026, 11, 25, 12, tzinfo=UTC)),
        ("2026-11-25T14:00:00+02:00", datetime(2026, 11, 25, 12, tzinfo=UTC)),
        ("2026-11-25T12:00:00", datetime(2026, 11, 25, 12, tzinfo=UTC)),
        ("yesterday", None),
        (10**20, None),
        (True, None),
        (None, None),
        ([], None),
    ],
    ids=str,
)
def test_moments(value, moment):
    assert moment_of(value) == moment


def test_only_finite_numbers_are_measurements():
    value = {"a": 1, "b": 2.5, "c": float("nan"), "d": float("inf"), "e": "1", "f": True, "g": 10**400, "h": None}
    assert metrics_of(value, {"a": "step"}) == {"step": 1.0, "b": 2.5}
