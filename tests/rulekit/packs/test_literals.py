from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from palms_spec.documents.patterns import compile_pattern
from palms_spec.rulekit.packs.literals import literals_in, trigger_of


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        pytest.param(r"\bas an AI\b", {"as an AI"}, id="the words themselves"),
        pytest.param(r"colou?r", {"colo"}, id="the longest stretch that has to be there"),
        pytest.param(r"(?:foo|ba[rz])\d+", {"foo", "ba"}, id="one of each alternative"),
        pytest.param(r"foo(?:bar)?", {"foo"}, id="what may be missing does not count"),
        pytest.param(r"[—–]", {"—", "–"}, id="a few characters"),
        pytest.param(r"(?:very ){2,}", {"very "}, id="a repetition that is there at least once"),
        pytest.param(r"(?<=Human): ", {": ", "Human"}, id="a lookbehind"),
        pytest.param(r"\b[A-Z]{4,}\b", set(), id="any of many characters"),
        pytest.param(r"foo|\d", set(), id="an alternative without a literal"),
        pytest.param(r"\w+", set(), id="nothing at all"),
        pytest.param(r"(?!foo)\d", set(), id="what must not be there"),
    ],
)
def test_literals_are_derived_from_a_pattern(pattern, literals):
    found = literals_in(compile_pattern(pattern))
    assert found == literals or (literals and found < literals)


@pytest.mark.parametrize(
    ("literals", "fold", "phrases", "characters"),
    [
        pytest.param(["As an AI"], False, ("as an ai",), "", id="phrases are looked for in lowered text"),
        pytest.param(
            ["As an AI"], True, ("as an ai",), "İıſ", id="where case is ignored, so are rare forms of i and s"
        ),
        pytest.param(["—", "–"], True, (), "—–", id="single characters"),
        pytest.param(["!"], True, (), "!", id="a single mark"),
        pytest.param(["naïve"], True, ("na",), "İıſ", id="the part that is ASCII"),
    ],
)
def test_a_trigger_is_made_of_literals(literals, fold, phrases, characters):
    trigger = trigger_of(literals, fold=fold)
    assert (trigger.phrases, trigger.characters, trigger.non_ascii) == (phrases, frozenset(characters), False)


def test_letters_beyond_ascii_ask_for_any_such_character():
    assert trigger_of(["Σ"], fold=True).non_ascii


PATTERNS = [
    r"(?i)as an ai\b",
    r"I(?:'m| am) (?:sorry|afraid)",
    r"[Tt]odo|FIXME|ß",
    r"(?i:straße|naïve) \w",
    r"\$\d+(?:\.\d\d)?",
    r"(?:ha){2,}!",
    r"Σ(?:ας|ΑΣ)",
    r"(?i)kelvin|SISI",
]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), pattern=st.sampled_from(PATTERNS))
def test_where_a_pattern_matches_its_trigger_occurs(data, pattern):
    compiled = compile_pattern(pattern)
    text = data.draw(st.text(max_size=3)) + data.draw(st.from_regex(compiled)) + data.draw(st.text(max_size=3))
    assume(compiled.search(text))
    fold = bool(re.search(r"\(\?[a-zA-Z]*i", pattern))
    trigger = trigger_of(literals_in(compiled), fold=fold)
    lowered = text.lower()
    occurs = any(phrase in lowered for phrase in trigger.phrases) or not trigger.characters.isdisjoint(text)
    assert occurs or (trigger.non_ascii and not text.isascii())
