from __future__ import annotations

import pytest

from palms_spec.documents.suggestion import did_you_mean, meant, nearest

POSITIONS = ("health.no-diagnosis", "health.no-prescription", "political.nonpartisan")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("health.no-diagnoses", POSITIONS, "health.no-diagnosis"),
        ("Health.No-Diagnosis", POSITIONS, "health.no-diagnosis"),
        ("helth.no-diagnosis", POSITIONS, "health.no-diagnosis"),
        ("health.no-such-thing", POSITIONS, ""),
        ("health.", POSITIONS, ""),
        ("sample-to-long", ("sample-too-long", "sample-too-short"), "sample-too-long"),
        ("x", (), ""),
    ],
)
def test_what_was_meant_is_near(word, known, expected):
    assert meant(word, known) == expected


def test_a_category_alone_makes_no_position_near():
    assert did_you_mean("health.no-such-thing", POSITIONS) == ""
    assert nearest("health.no-such-thing", POSITIONS, POSITIONS[:2]) == (
        "there is health.no-diagnosis, health.no-prescription"
    )
