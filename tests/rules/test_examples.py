"""Every rule finds what its examples show, where they mark it, and nothing in their good sides and near misses."""

from __future__ import annotations

import pytest

from palms_spec.rulekit.index import read_index, record_of
from palms_spec.rulekit.loading import load_rule, rule_modules
from palms_spec.workflows.examples import failures

MODULES = list(rule_modules("palms_spec.rules"))


@pytest.mark.parametrize("module", MODULES, ids=[module.rsplit(".", 1)[-1] for module in MODULES])
def test_a_rule_does_what_its_examples_say(module):
    rule = load_rule(module)
    assert rule.examples, "a rule has examples"
    assert list(failures(rule, record_of(rule, module))) == []


@pytest.mark.parametrize("module", MODULES, ids=[module.rsplit(".", 1)[-1] for module in MODULES])
def test_a_rule_has_a_page(module):
    rule = load_rule(module)
    assert rule.summary.endswith("."), "the summary is a sentence"
    assert rule.expected.endswith("."), "what is expected is a sentence"
    assert "## Why it matters" in rule.doc


def test_codes_and_names_are_given_once():
    words = [word for record in read_index() for word in (record.name, record.code, *record.aliases)]
    assert sorted(words) == sorted(set(words))
