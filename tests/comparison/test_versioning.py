from __future__ import annotations

import pytest

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.versioning import next_version, step_for, step_made, step_needed

SIDE = Side("health.no-diagnosis", "spec.yaml", "/categories/health", "text")


def change(kind, thing="position", field=""):
    return Change(kind, "s", thing, SIDE, SIDE, field)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (change("position-reversed"), "major"),
        (change("position-removed"), "major"),
        (change("position-meaning-changed"), "major"),
        (change("position-reworded"), "minor"),
        (change("position-added"), "minor"),
        (change("rationale-changed"), "patch"),
        (change("spec-changed", "spec", "title"), "patch"),
        (change("spec-changed", "spec", "context"), "minor"),
        (change("sample-added", "sample"), "none"),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{one.kind} {one.field}".strip(),
)
def test_each_change_asks_for_a_step(change, step):
    assert step_for(change) == step


def test_a_change_of_meaning_that_is_called_editorial_asks_for_less():
    one = change("position-meaning-changed")
    assert step_needed([one, change("rationale-changed")]) == "major"
    assert step_needed([one], frozenset([one.fingerprint])) == "minor"
    assert step_needed([]) == "none"


@pytest.mark.parametrize(
    ("base", "head", "step"),
    [
        ("1.2.3", "2.0.0", "major"),
        ("1.2.3", "1.3.0", "minor"),
        ("1.2.3", "1.2.4", "patch"),
        ("1.2.3", "1.2.3", "none"),
        ("1.2.3", "1.1.9", "none"),
        ("1.9.0", "1.10.0", "minor"),
        ("2025.02.12", "2025.04.11", "major"),
        ("2025.02.12", "2025.02.12", "none"),
    ],
)
def test_the_step_that_was_made(base, head, step):
    assert step_made(base, head) == step


def test_the_version_after_a_step():
    assert [next_version("1.2.3", step) for step in ("none", "patch", "minor", "major")] == [
        "1.2.3",
        "1.2.4",
        "1.3.0",
        "2.0.0",
    ]


def test_a_date_is_followed_by_a_later_one():
    assert next_version("2025.02.12", "minor") == "a later date"
