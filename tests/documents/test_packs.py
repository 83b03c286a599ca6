"""What is wrong with a pack is said with its place, and costs nothing of the other rules."""

from __future__ import annotations

import pytest

from palms_spec.documents.pack_reading import written_rules
from palms_spec.documents.reading import read_document

HEAD = "palms: 1\nkind: rule-pack\nid: house\ntitle: House\nrules:\n"
RULE = """\
  - name: {name}
    expected: No.
    given: {given}
    check: {check}
    examples: [{{bad: a, good: b}}]
"""


def _document(*rules):
    document = read_document("rules/house.yaml", (HEAD + "".join(rules)).encode())
    assert document is not None
    return document


def _rule(check, given="samples[*].completion", name="one"):
    return RULE.format(name=name, given=given, check=check)


def test_a_pack_without_defects():
    document = _document(_rule("{kind: absence, words: [x]}"))
    assert document.defects == []
    assert document.id == "house"


@pytest.mark.parametrize(
    ("check", "given", "pointer", "message"),
    [
        ("{kind: absense}", "samples[*].prompt", "/check/kind", "“absense” is not a kind of check"),
        ("{words: [x]}", "samples[*].prompt", "/check", "kind is missing"),
        ("{kind: absence, wrds: [x]}", "samples[*].prompt", "/check/wrds", "wrds is not a field here"),
        ("{kind: absence, words: [x]}", "samples[*].answer", "/given", "samples[*] has no field answer"),
        ("{kind: pattern}", "samples[*].prompt", "/check", "there is no pattern"),
        ("{kind: pattern, forbid: ['x*']}", "samples[*].prompt", "/check/forbid/0", "no text at all"),
        ("{kind: pattern, require: ['(x+)+']}", "samples[*].prompt", "/check/require/0", "exponential time"),
        ("{kind: swap, swap: {}}", "samples[*].prompt", "/check/swap", "no words to swap"),
        ("{kind: swap, swap: {a: b, B: c}}", "samples[*].prompt", "/check/swap/a", "b is swapped itself"),
        ("{kind: count, words: [x]}", "samples[*].prompt", "/check", "there is no bound"),
        ("{kind: length, min: 3, max: 2}", "samples[*].prompt", "/check/max", "so nothing fits"),
        ("{kind: length, max: 2}", "samples[*].positions", "/given", "length looks at text"),
        ("{kind: length, of: items, max: 2}", "samples[*].prompt", "/check/of", "is no list"),
        ("{kind: one-of, values: [[a]]}", "samples[*].origin", "/check/values/0", "expected a single value"),
        ("{kind: one-of, values: [a]}", "samples[*].positions", "/given", "is a list"),
        ("{kind: unique, within: document}", "samples[*].id", "/check/within", "unique within the document"),
        ("{kind: unique, within: dataset}", "spec.categories[*].name", "/check/within", "unique within the dataset"),
        ("{kind: unique}", "samples[*].messages[*].content", "/given", "unique does not look at"),
        ("{kind: consistent, by: 'prompts[*].id'}", "samples[*].category", "/check/by", "not fields of one thing"),
        ("{kind: consistent, by: nothing}", "samples[*].category", "/check/by", "does not begin with"),
        ("{kind: refers-to, to: 'samples[*].id'}", "samples[*].origin", "/check/to", "cannot refer to samples"),
        ("{kind: refers-to, to: spec.categories}", "samples[*].origin", "/check/to", "is a list"),
        ("{kind: metric, metric: words, max: .inf}", "samples[*].prompt", "/check/max", "a finite number"),
        ("{kind: metric, metric: wrds, max: 1}", "samples[*].prompt", "/check/metric", "expected words, sentences"),
        ("{kind: tokens, patterns: [[{LOWR: x}]]}", "samples[*].prompt", "/check/patterns/0/0/LOWR", "LOWR is nothing"),
        ("{kind: tokens, patterns: [[]]}", "samples[*].prompt", "/check/patterns/0", "the pattern has no tokens"),
    ],
)
def test_a_defect_of_a_check_has_its_place(check, given, pointer, message):
    document = _document(_rule(check, given))
    (defect,) = document.defects
    assert (defect.pointer, message in defect.message) == ("/rules/0" + pointer, True), defect


@pytest.mark.parametrize(
    ("field", "pointer", "message"),
    [
        ("where: {speaker: [user]}", "/where/speaker", "has one speaker only"),
        ("where: {split: [test]}", "/where/split", "split is no filter of samples[*].completion"),
        ("message: the {fond}", "/message", "{fond} stands for nothing here"),
        ("code: A1", "/code", "capital letters and a number, such as HOUSE001"),
        ("severity: high", "/severity", "expected note, warning or error"),
        ("near_misses: x", "/near_misses", "expected a list"),
    ],
)
def test_a_defect_of_a_rule_has_its_place(field, pointer, message):
    (defect,) = _document(_rule("{kind: absence, words: [x]}") + f"    {field}\n").defects
    assert (defect.pointer, message in defect.message) == ("/rules/0" + pointer, True), defect


def test_a_filter_has_to_stand_on_the_way():
    rule = (
        _rule("{kind: absence, words: [x]}", "spec.categories[*].name") + "    where: {category: [a], position: [b]}\n"
    )
    assert [defect.pointer for defect in _document(rule).defects] == ["/rules/0/where/position"]


def test_a_defect_inside_of_a_pattern_points_at_the_character():
    document = _document(_rule("{kind: pattern, forbid: ['ab(c']}"))
    (defect,) = document.defects
    assert document.source is not None
    assert document.source.text[defect.offset : defect.end] == "("


def test_one_rule_with_defects_leaves_the_others_as_they_are():
    document = _document(
        _rule("{kind: absence, words: [x]}"),
        _rule("{kind: absense}", name="two"),
        _rule("{kind: presence}", name="one"),
        _rule("{kind: presence, words: [y]}", name="three"),
    )
    assert [defect.message for defect in document.defects] == [
        "“absense” is not a kind of check",
        "the name one is taken by another rule above",
    ]
    assert document.root is not None
    assert document.source is not None
    rules = written_rules(document.root, document.source.text)
    assert [(rule.name, rule.model is not None) for rule in rules] == [
        ("one", True),
        ("two", False),
        ("one", False),
        ("three", True),
    ]


def test_examples_give_each_side_once():
    rule = _rule("{kind: absence, words: [x]}").replace(
        "{bad: a, good: b}", "{bad: a}, {good: b, bad: a, bad_files: {a: b}}"
    )
    assert [defect.pointer for defect in _document(rule).defects] == ["/rules/0/examples/0", "/rules/0/examples/1"]


def test_a_field_that_must_be_set_is_shown_as_one_that_is_not():
    rule = _rule("{kind: presence}", "samples[*].metadata.source").replace("{bad: a, good: b}", "{good: b}")
    assert _document(rule).defects == []
