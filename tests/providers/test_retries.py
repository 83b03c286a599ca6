from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import ProviderError
from palms_spec.providers.retries import Retries, wait_asked

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def failing(*errors, then="done"):
    """An attempt that fails with these errors in turn."""
    left = list(errors)

    def attempt():
        if left:
            raise left.pop(0)
        return then

    return attempt


def passing(**given):
    return ProviderError("busy", **{"passing": True, **given})


def test_what_goes_well_is_not_waited_for():
    slept: list[float] = []
    assert Retries(sleep=slept.append).call(failing()) == "done"
    assert slept == []


def test_what_cannot_pass_is_not_tried_again():
    slept: list[float] = []
    with pytest.raises(ProviderError, match="no"):
        Retries(sleep=slept.append).call(failing(ProviderError("no")))
    assert slept == []


@given(chance=st.floats(0, 1, exclude_max=True), tries=st.integers(1, 10))
def test_waits_grow_and_stay_bounded(chance, tries):
    slept: list[float] = []
    retries = Retries(tries=tries, sleep=slept.append, chance=lambda: chance)
    with pytest.raises(ProviderError):
        retries.call(failing(*[passing()] * 20))
    assert len(slept) == tries - 1
    assert slept == sorted(slept)
    assert all(0.375 <= wait <= 30 for wait in slept)


@given(asked=st.floats(0, 300))
def test_a_wait_that_is_asked_for_is_kept(asked):
    slept: list[float] = []
    assert Retries(sleep=slept.append).call(failing(passing(wait=asked))) == "done"
    assert slept == [asked]


def test_what_was_done_after_all_is_not_done_again():
    attempts = []

    def attempt():
        attempts.append(1)
        raise passing(undone=False)

    retries = Retries(sleep=lambda seconds: None)
    assert retries.call(attempt, lambda: "found") == "found"
    assert len(attempts) == 1


def test_what_was_not_done_for_sure_is_not_looked_for():
    def look():
        raise AssertionError("it was looked for")

    assert Retries(sleep=lambda seconds: None).call(failing(passing(undone=True)), look) == "done"


def test_what_is_not_found_is_done_again():
    looks = []
    assert Retries(sleep=lambda seconds: None).call(failing(passing(undone=False)), lambda: looks.append(1)) == "done"
    assert looks == [1]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "3"}, 3),
        ({"retry-after": "Wed, 25 Nov 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Wed, 25 Nov 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
    ],
    ids=str,
)
def test_how_long_an_answer_asks_to_be_left_alone(headers, seconds):
    assert wait_asked(headers, lambda: NOW) == seconds


@given(st.text())
def test_any_header_is_a_wait_or_none(text):
    found = wait_asked({"retry-after": text}, lambda: NOW)
    assert found is None or found >= 0
