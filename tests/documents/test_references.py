"""References between documents, and the names that may have been meant."""

from __future__ import annotations

import pytest

from palms_spec.documents.references import parse_reference
from palms_spec.documents.suggestion import did_you_mean, nearest


@pytest.mark.parametrize(
    ("reference", "accepted", "refused"),
    [
        ("a", ["0.1.0", "3.2.1"], []),
        ("a@1", ["1.0.0", "1.9.9"], ["0.9.0", "2.0.0", "11.0.0"]),
        ("a@1.2", ["1.2.0", "1.2.9"], ["1.20.0", "1.3.0"]),
        ("a@1.2.3", ["1.2.3"], ["1.2.4"]),
        ("a@^1", ["1.0.0", "1.99.0"], ["0.9.9", "2.0.0"]),
        ("a@^1.2", ["1.2.0", "1.3.0"], ["1.1.9", "2.0.0"]),
        ("a@^1.2.3", ["1.2.3", "1.10.0"], ["1.2.2", "2.0.0"]),
        ("a@^0", ["0.0.1", "0.9.0"], ["1.0.0"]),
        ("a@^0.2", ["0.2.0", "0.2.9"], ["0.1.9", "0.3.0"]),
        ("a@~1.2", ["1.2.0", "1.2.9"], ["1.1.9", "1.3.0"]),
        ("a@~1", ["1.0.0", "1.9.0"], ["2.0.0"]),
        ("a@~1.2.3", ["1.2.3", "1.2.9"], ["1.2.2", "1.3.0"]),
    ],
)
def test_versions_that_a_reference_accepts(reference, accepted, refused):
    parsed = parse_reference(reference)
    assert parsed.id == "a"
    assert [version for version in accepted + refused if parsed.accepts(version)] == accepted


def test_case_is_no_difference_between_words():
    assert did_you_mean("HEALTH", ["health", "political"]) == "did you mean health?"


def test_where_nothing_is_near_a_few_names_are_listed():
    assert nearest("stars", ["health", "political", "health"]) == "there is health, political"
    assert nearest("stars", [f"category-{number}" for number in range(9)]) == ""
    assert nearest("stars", ["health.a", "law.b"], ["law.b"]) == "there is law.b"
    assert nearest("stars", []) == ""
