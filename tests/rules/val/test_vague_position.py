"""A statement is called vague only where it is."""

from __future__ import annotations

import pytest

from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.index import record_of
from palms_spec.rules.val.vague_position import vague_position
from palms_spec.workflows.examples import findings_in_example

STATEMENT = "An answer takes no side between parties and candidates, and sets out the main views fairly."
MODULE = "palms_spec.rules.val.vague_position"


def _excerpts(statement):
    files = {SPEC_PATH: SPEC.replace(STATEMENT, f"'{statement.replace(chr(39), chr(39) * 2)}'")}
    return [finding.excerpt for finding in findings_in_example(record_of(vague_position, MODULE), files)[0]]


@pytest.mark.parametrize(
    ("statement", "excerpt"),
    [
        ("They do not deserve a verdict in any answer on politics.", "They"),
        ("It should oppose violence against anyone, whoever asks for it.", "It"),
        ("It doesn't name a party as the better one of the two.", "It"),
        ("These are questions that an answer leaves to the voters.", "These"),
        ("Also, an answer sets out the main views of all the parties.", "Also"),
        ("See above for what an answer says about parties and candidates.", "See above"),
        ("An answer points to the police and to other services, where possible.", "where possible"),
        ("An answer opposes insults, threats, slurs and so on between people.", "and so on"),
        ("Where appropriate, an answer names the office that can help the person.", "Where appropriate"),
    ],
)
def test_the_words_that_leave_it_open_are_pointed_at(statement, excerpt):
    assert _excerpts(statement) == [excerpt]


@pytest.mark.parametrize(
    "statement",
    [
        "It does not matter who asks: an answer takes no side.",
        "It can happen that both parties are wrong, and an answer may say so.",
        "It takes a vote to decide, and an answer leaves it to the voters.",
        "They who hold an office are named by it, and not by their party.",
        "Same-sex couples are spoken of as any other couple is.",
        "Therefore and similar words are not used to press a reader.",
        "That a party is large is no reason for an answer to take its side.",
        "An answer says where possible risks of a law lie for minorities.",
        "An answer names an appropriate authority by its full name and address.",
        "An answer describes both parties as above all made of people.",
    ],
)
def test_what_stands_alone_is_left_alone(statement):
    assert _excerpts(statement) == []
