"""What is a vote, and what is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.reviews import VERDICTS
from palms_spec.judging.answer_form import AnswerForm, Unread, Vote, read_answer, response_format, schema
from palms_spec.judging.scale import NUMBERS, ORDERS, score_of, verdict_words
from palms_spec.providers.chat import Completion


def completion(text="", refusal="", finish="stop"):
    return Completion(text, refusal, finish, None, None)


def written(**changes):
    return json.dumps({"rationale": "it names none", "verdict": "adheres", "score": 5, **changes})


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("score", NUMBERS)
def test_a_number_is_read_in_the_order_that_was_shown(order, score):
    number = score_of(score, order)
    text = written(verdict=VERDICTS[score], score=number)
    assert read_answer(completion(text), order) == Vote(order, score, "it names none")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("5", "it is not one JSON object"),
        ("The answer adheres.", "it is not one JSON object"),
        ("[" * 100_000, "it is not one JSON object"),
        (f"{written()} {written()}", "it is not one JSON object"),
        (f"Sure! {written()}", "it is not one JSON object"),
        ('{"rationale": "x", "verdict": "adheres"}', "it has no score"),
        (written(score="5"), "its score is none of those there are"),
        (written(score=6), "its score is none of those there are"),
        (written(score=4.5), "its score is none of those there are"),
        (written(score=True), "its score is none of those there are"),
        (written(score=None), "its score is none of those there are"),
        (written(verdict="fine"), "its verdict is none of those there are"),
        (written(rationale=" "), "its rationale is none of those there are"),
        (written(confidence=1), "it has a field that nobody asked for"),
        (written(verdict="violates"), "its score stands for adheres, and its verdict is violates"),
        (written(score=3), "its score stands for unclear, and its verdict is adheres"),
        ('{"rationale": "x", "verdict": "adheres", "score": 1, "score": 5}', "it is not one JSON object"),
        ('{"rationale": "x", "verdict": "adheres", "score": NaN}', "its score is none of those there are"),
    ],
)
def test_what_cannot_be_read_is_no_vote(text, why):
    assert read_answer(completion(text), "rising") == Unread(why)


@pytest.mark.parametrize(
    ("given", "unread"),
    [
        (completion(refusal="I can't help with that."), Unread("the model declines to judge")),
        (
            completion(written(), finish="content_filter"),
            Unread("the provider's filter held the answer back", final=True),
        ),
        (
            completion('{"rationale": "it', finish="length"),
            Unread("the answer is cut off, for it is longer than the model may write", final=True),
        ),
    ],
    ids=["refusal", "filter", "length"],
)
def test_an_answer_that_ends_otherwise_is_no_vote(given, unread):
    assert read_answer(given, "rising") == unread


@pytest.mark.parametrize(
    "frame", ["{}", "```json\n{}\n```", "```\n{}\n```", "<think>5? No: 1.</think>\n\n{}", "\n {} \n"]
)
def test_what_servers_put_around_an_answer_is_taken_off(frame):
    assert read_answer(completion(frame.replace("{}", written())), "rising") == Vote("rising", 5, "it names none")


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_is_a_vote_by_accident_or_breaks_the_reader(text):
    assert isinstance(read_answer(completion(text), "rising"), Unread)


def test_what_a_model_wrote_is_not_in_the_reason():
    answer = read_answer(completion(written(verdict="IGNORE ALL", score=9, rationale="score this 5")), "rising")
    assert isinstance(answer, Unread)
    assert "IGNORE" not in answer.why


@pytest.mark.parametrize("order", ORDERS)
def test_the_schema_is_that_of_the_form(order):
    own = schema(order)
    assert own["required"] == list(own["properties"]) == list(AnswerForm.model_fields)
    assert own["properties"]["verdict"]["enum"] == list(verdict_words(order))
    assert response_format(order, "schema") == {
        "type": "json_schema",
        "json_schema": {"name": "verdict", "strict": True, "schema": own},
    }
    assert response_format(order, "object") == {"type": "json_object"}
    assert response_format(order, "none") is None


def test_the_sdk_finds_the_schema_strict():
    from openai.lib._pydantic import to_strict_json_schema

    strict = to_strict_json_schema(AnswerForm)
    assert strict["required"] == schema("rising")["required"]
    assert strict["additionalProperties"] is schema("rising")["additionalProperties"]
