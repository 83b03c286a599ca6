"""Every kind of check finds what its examples show, and is called wherever it has something to find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palms_spec.documents.context import SampleContext
from palms_spec.documents.pack_checks import CHECKS
from palms_spec.documents.sample import Sample, Turn
from palms_spec.engine.dispatch import SampleDispatch
from palms_spec.engine.packs import with_needs
from palms_spec.engine.rulebook import Rulebook
from palms_spec.facts.sample import SampleFacts
from palms_spec.shipped import shipped
from palms_spec.workflows.examples import failures
from tests.rulekit.packs.every_kind import PACK, entries, rules_in

HOUSE_STYLE = shipped() / "rules" / "house-style.yaml"
RULES = [*rules_in(PACK), *rules_in(HOUSE_STYLE)]


@pytest.mark.parametrize(("rule", "record"), RULES, ids=[rule.name for rule, _ in RULES])
def test_a_rule_of_a_pack_does_what_its_examples_say(rule, record):
    if reason := with_needs(record).unavailable:
        pytest.skip(reason)
    assert list(failures(rule, record)) == []


def test_there_is_a_rule_of_every_kind():
    assert {entry.rule["check"]["kind"] for entry in entries(PACK)} == set(CHECKS)


def test_names_and_codes_of_the_shipped_pack_are_given_once():
    words = [word for _, record in rules_in(HOUSE_STYLE) for word in (record.name, record.code)]
    assert len(set(words)) == len(words)


BY_NAME = {record.name: record for _, record in RULES if record.subject == "sample"}  # a run knows a name once
RECORDS = tuple(record for record in BY_NAME.values() if not with_needs(record).unavailable)
GATED = SampleDispatch(Rulebook(RECORDS))
UNGATED = SampleDispatch(Rulebook(RECORDS), gated=False)
CONTEXT = SampleContext(dataset="example", role="values-targeted", language="en")
PIECES = [
    *(
        "It’s",
        "important",
        "to",
        "note",
        "great question",
        "GREAT  QUESTION",
        "behaviour",
        "Behaviour",
        "united\nkingdom",
    ),
    *(
        "—",
        " – ",
        "“",
        "!",
        "clinician",
        "doctor.",
        "  ",
        "delve into",
        "ın conclusion",
        "ſure thing",
        "İ hear you",
        "”",
    ),
]


@settings(max_examples=300, deadline=None)
@given(
    question=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=5).map(" ".join),
    answer=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=5).map(" ".join),
)
def test_a_rule_that_is_called_everywhere_finds_the_same(question, answer):
    sample = Sample(None, [Turn("user", question, "/prompt"), Turn("assistant", answer, "/completion")])
    found = []
    for dispatch in (GATED, UNGATED):
        facts = SampleFacts(sample, CONTEXT)
        found.append([(record.name, one) for record, check in dispatch.calls(facts) for one in check(facts)])
    assert found[0] == found[1]
