"""What is not imported costs nothing: the budgets of the start-up, as facts that need no clock."""

from __future__ import annotations

import pytest

from tests.cli.running import HEAVY, imported, palms
from tests.projects import write_files, write_project
from tests.reviews import write_reviews

PACK = """\
palms: 1
kind: rule-pack
id: house
title: House
rules:
  - name: shout
    expected: No shouting.
    given: samples[*].completion
    check: {kind: absence, words: ["!"]}
    examples: [{bad: "a!", good: a}]
"""


@pytest.fixture
def warm(tmp_path):
    write_project(tmp_path, {"rules/house.yaml": PACK})
    palms("lint", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("lint", "--help"),
        ("rule",),
        ("rule", "role-marker"),
        ("rule", "shout"),
        ("lint",),
        ("lint", "datasets"),
    ],
    ids=" ".join,
)
def test_what_is_heavy_is_not_imported(warm, arguments):
    modules = imported(*arguments, cwd=warm)
    assert "palms_spec.cli.main" in modules
    assert modules.isdisjoint(HEAVY)
    assert not [name for name in modules if name.startswith("palms_spec.rules.")]


def test_what_is_accepted_is_told_without_the_rules(warm):
    sample = "---\ncategory: health\npositions: [health.no-diagnosis]\n{}---\n# Why?\n\nHuman: no\n"
    files = {
        "datasets/example/samples/suppressed.md": sample.format(
            "# palms: ignore[SAM004] a quotation until=9999-12-31\n"
        ),
        "datasets/example/samples/accepted.md": sample.format(""),
        "palms.toml": "[lint]\nselect = ['role-marker', 'SUP']\nbaseline = 'palms-baseline.json'\n",
    }
    write_files(warm, files)
    palms("baseline", "write", cwd=warm)
    assert palms("lint", cwd=warm).stdout.endswith("1 suppressed, 1 in the baseline.\n")
    modules = imported("lint", cwd=warm)
    assert "palms_spec.engine.accepting" in modules
    assert modules.isdisjoint(HEAVY)
    assert not [name for name in modules if name.startswith("palms_spec.rules.")]


def test_a_cold_run_imports_no_extra(tmp_path):
    write_project(tmp_path)
    modules = imported("lint", cwd=tmp_path)
    assert "pydantic" in modules
    assert modules.isdisjoint({"jsonschema", "numpy", "openai", "rich", "spacy"})


OF_REVIEWS = ("palms_spec.documents.reviews", "palms_spec.engine.reviewing", "palms_spec.facts.verdicts")


def test_a_project_without_reviews_imports_nothing_about_them(tmp_path):
    write_project(tmp_path)
    assert imported("lint", cwd=tmp_path).isdisjoint(OF_REVIEWS)


def test_reviews_are_read_once_something_changed(tmp_path):
    write_reviews(write_project(tmp_path))
    assert imported("lint", cwd=tmp_path).issuperset(OF_REVIEWS)
    assert imported("lint", cwd=tmp_path).isdisjoint(OF_REVIEWS)
