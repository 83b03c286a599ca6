"""Ids that stand twice in one document."""

from __future__ import annotations

import pytest

from palms_spec.documents.duplicate_ids import duplicate_ids
from palms_spec.sources.node import MappingNode
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml

CASES = {
    "two categories": ("categories: [{id: a}, {id: a}]", ["the id a is taken by another category above"]),
    "positions of two categories": (
        "categories: [{id: a, positions: [{id: p}]}, {id: b, positions: [{id: p}, {id: p}]}]",
        ["the id p is taken by another position above"] * 2,
    ),
    "prompts": ("prompts: [{id: a}, {id: b}, {id: a}]", ["the id a is taken by another prompt above"]),
    "an alias of a position": (
        "categories: [{id: a, positions: [&p {id: p}]}, {id: b, positions: [*p]}]",
        ["the id p is taken by another position above"],
    ),
    "a category and a position": ("categories: [{id: a, positions: [{id: a}]}]", []),
    "other lists": ("sample_metadata: {examples: [{id: a}, {id: a}], prompts: [{id: a}, {id: a}]}", []),
    "ids that are no text": ("categories: [{id: 1}, {id: 1}, {id: }, {id: }, {}, {}, text, [a]]", []),
    "lists that are none": ("categories: {id: a}\nprompts: text", []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_found_in(case):
    text, messages = CASES[case]
    root = read_yaml(SourceText("x.yaml", text))
    assert isinstance(root, MappingNode)
    assert [defect.message for defect in duplicate_ids(root)] == messages
