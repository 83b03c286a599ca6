from __future__ import annotations

from datetime import date

import pytest

from palms_spec.errors import UsageError
from palms_spec.targets.fact import MARKS
from palms_spec.targets.lines import LINES
from palms_spec.targets.registry import TARGETS, profile, profiles
from palms_spec.targets.state import state_of
from palms_spec.training.shapes.emitter import emitter


def test_every_name_leads_to_the_profile_of_that_name():
    assert [one.name for one in profiles()] == list(TARGETS)
    assert len(TARGETS) == 15


@pytest.mark.parametrize("name", TARGETS)
def test_a_profile_is_complete(name):
    one = profile(name)
    assert one.sft
    assert one.upload
    assert all(note.mark in MARKS for note in one.notes)
    for method in one.methods:
        for shape in one.shapes(method):
            assert shape in LINES
            assert callable(emitter(shape))


def test_preference_data_is_for_the_five_that_take_it():
    assert {one.name for one in profiles() if one.dpo} == {"openai", "azure", "together", "fireworks", "trl"}


@pytest.mark.parametrize(
    ("name", "day", "word"),
    [
        ("openai", "2026-11-25", "closing"),
        ("openai", "2027-01-06", "closing"),
        ("openai", "2027-01-07", "closed"),
        ("together", "2027-01-07", "open"),
        ("trl", "2027-01-07", "local"),
    ],
)
def test_the_state_depends_on_the_day(name, day, word):
    assert state_of(profile(name), date.fromisoformat(day)).word == word


def test_a_name_that_is_nearly_right():
    with pytest.raises(UsageError) as error:
        profile("togther")
    assert error.value.hint == "did you mean together?"
