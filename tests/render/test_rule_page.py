from __future__ import annotations

import io
import json

import pytest

from palms_spec.render.escaping import json_text
from palms_spec.render.rule_page import rule_markdown, write_rule_page
from palms_spec.render.rule_table import rules_markdown, rules_value, write_rule_table
from palms_spec.render.terminal import Output, Terminal
from palms_spec.rulekit.index import RuleRecord, read_index

RULE = RuleRecord(
    name="likely-typo",
    code="SAM999",
    family="SAM",
    module="palms_spec.rules.sam.likely_typo",
    severity="warning",
    confidence="medium",
    stability="preview",
    since="0.1",
    subject="sample",
    expected="A word is written as it is written elsewhere.",
    doc="""A word differs by one letter from a word that is used often.

Only words of six letters and more are looked at,
and none that stand in quotes.

## Why it matters

- A model learns typos.
- So do people.

## Fix safety

Names are words too.""",
    aliases=("typo",),
    completeness=True,
    settings={
        "length": {"type": "integer", "default": 6, "description": "The least number of letters."},
        "words": {"type": "array", "default": ["é"]},
    },
)


@pytest.mark.parametrize("width", [50, 120])
def test_a_page_for_a_terminal(snapshot, width):
    stream = io.StringIO()
    write_rule_page(RULE, Output(stream, Terminal(width)))
    assert stream.getvalue() == snapshot


def test_a_page_in_markdown(snapshot):
    assert rule_markdown(RULE) == snapshot


def test_a_table_has_a_line_a_rule_in_a_pipe_and_fits_a_terminal():
    records = read_index()
    stream = io.StringIO()
    write_rule_table(records, Output(stream, Terminal(80)))
    assert len(stream.getvalue().splitlines()) == len(records)
    stream = io.StringIO()
    write_rule_table(records, Output(stream, Terminal(90, interactive=True)))
    assert max(map(len, stream.getvalue().splitlines())) <= 90


def test_a_table_in_markdown_and_json():
    records = read_index()
    assert len(rules_markdown(records).splitlines()) == len(records) + 2
    value = json.loads(json_text(rules_value(records)))
    assert [one["code"] for one in value["rules"]] == [record.code for record in records]
    assert {"page", "settings", "severity", "since", "summary"} <= set(value["rules"][0])
