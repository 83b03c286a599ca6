"""Where personal data is looked for, and what may be allowed."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.context import ANONYMOUS
from palms_spec.documents.sample import Sample, Turn
from palms_spec.engine.dispatch import SampleDispatch
from palms_spec.engine.rulebook import Rulebook
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.index import read_index
from tests.projects import found, lint, write_files

ROW = {
    "prompt": "Who helps?",
    "chosen": "Call (415) 867-5309 or (415) 867-5309.",
    "rejected": "Ask h.okafor@clinic.ng.",
}


def findings(tmp_path, row, *pairs):
    write_files(tmp_path, {"rows.jsonl": json.dumps(row) + "\n"})
    return [(rule, message) for rule, _, message in found(lint(tmp_path / "rows.jsonl", select=("PII",), pairs=pairs))]


def test_both_sides_of_preference_data_are_looked_at(tmp_path):
    assert findings(tmp_path, ROW) == [
        ("phone-number", "the number (415) 867-5309 stands here (2 times in the sample)"),
        ("email-address", "the address h.okafor@clinic.ng stands here"),
    ]


def test_a_shared_prompt_is_looked_at_once(tmp_path):
    row = {"prompt": "Who is h.okafor@clinic.ng?", "chosen": "Nobody.", "rejected": "A nurse."}
    assert findings(tmp_path, row) == [("email-address", "the address h.okafor@clinic.ng stands here")]


def test_numbers_addresses_and_domains_may_be_allowed(tmp_path):
    assert (
        findings(tmp_path, ROW, 'lint.rules.PII002.allowed=["415 867 5309"]', 'lint.rules.PII001.allowed=["ng"]') == []
    )
    assert findings(tmp_path, ROW, 'lint.rules.PII001.allowed=["@clinic.ng"]')[1:] == []
    assert findings(tmp_path, ROW, 'lint.rules.PII001.allowed=["inic.ng"]')[1:] != []


RULES = Rulebook(tuple(record for record in read_index() if record.family == "PII"))
GATED, UNGATED = SampleDispatch(RULES), SampleDispatch(RULES, gated=False)
PIECES = (
    "415-867-5309",
    "a.b@c.de",
    "4111 1111 1111 1111",
    "536-22-8437",
    "JG103759A",
    "call ",
    " ",
    "x",
    "é",
    "1",
    "@",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_triggers_hide_nothing(pieces):
    sample = Sample(None, [Turn("user", "".join(pieces), "/prompt")])
    results = []
    for dispatch in (GATED, UNGATED):
        facts = SampleFacts(sample, ANONYMOUS)
        results.append([problem for _, check in dispatch.calls(facts) for problem in check(facts)])
    assert results[0] == results[1]
