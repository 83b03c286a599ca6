from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.sample_forms import Message
from palms_spec.training.readers.conversation import UnfitRow
from palms_spec.training.readers.messages import own_message, own_messages
from tests.training.readers.conversations import VALUES, WORDS

PARTS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"type": st.just("text"), "text": WORDS}, optional={"cache_control": VALUES}),
        st.fixed_dictionaries({"text": WORDS}),
        WORDS,
    ),
    max_size=3,
)
CALL = st.fixed_dictionaries({"type": st.just("function"), "function": st.fixed_dictionaries({"name": WORDS}, optional={"arguments": VALUES})}, optional={"id": WORDS})  # fmt: skip
MESSAGES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["system", "developer", "user", "assistant", "tool", "function", "human", "model", "bot"]),
        "content": st.one_of(WORDS, st.none(), PARTS, st.booleans(), st.integers(-5, 5), st.floats(-1, 1)),
    },
    optional={
        "name": st.one_of(WORDS, st.none(), st.integers()),
        "weight": st.one_of(st.sampled_from([0, 1]), st.none(), st.just(0.5), WORDS),
        "tool_calls": st.one_of(st.none(), st.lists(CALL, max_size=2), WORDS),
        "tool_call_id": st.one_of(WORDS, st.none()),
        "refusal": st.none(),
        "reasoning_content": VALUES,
        "function_call": st.one_of(st.none(), VALUES, st.fixed_dictionaries({"name": WORDS})),
        "é": VALUES,
    },
)  # fmt: skip


@given(MESSAGES)
def test_a_message_can_be_made_again_of_what_became_of_it(message):
    own, rest = own_message(message, "messages/0")
    Message.model_validate(own)
    derived = set() if "tool_calls" in message else {"tool_calls"}
    usual = {"role": message["role"]} if message["role"] in ("human", "model") else {}
    if isinstance(message["content"], list) and len(message["content"]) == 1 and "content" not in rest:
        # One part and nothing beside its text: that it stood in a list says nothing.
        usual["content"] = message["content"]
    again = {**{name: value for name, value in own.items() if name not in derived}, **rest, **usual}
    assert again == message


@pytest.mark.parametrize(
    ("written", "own", "rest"),
    [
        ({"from": "gpt", "value": "a"}, {"role": "assistant", "content": "a"}, {}),
        ({"role": "model", "parts": [{"text": "a"}]}, {"role": "assistant", "content": "a"}, {}),
        ({"role": "bot", "content": "a"}, {"role": "assistant", "content": "a"}, {"role": "bot"}),
        (
            {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
            {"role": "user", "content": "ab"},
            {"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
        ),
        ({"role": "user", "content": 1.5}, {"role": "user", "content": "1.5"}, {"content": 1.5}),
        (
            {"role": "assistant", "content": "a", "trainable": False},
            {"role": "assistant", "content": "a", "weight": 0},
            {},
        ),
        ({"role": "user", "content": "a", "trainable": False}, {"role": "user", "content": "a"}, {}),
        (
            {"role": "user", "content": "a", "trainable": True},
            {"role": "user", "content": "a"},
            {"trainable": True},
        ),
        (
            {"role": "assistant", "content": "a", "weight": 1.0},
            {"role": "assistant", "content": "a", "weight": 1},
            {},
        ),
        (
            {"role": "assistant", "function_call": {"name": "look", "arguments": "{}"}},
            {
                "role": "assistant",
                "tool_calls": [{"type": "function", "function": {"name": "look", "arguments": "{}"}}],
            },
            {"function_call": {"name": "look", "arguments": "{}"}},
        ),
        (
            {"from": "function_call", "value": '{"name": "look", "arguments": {"at": 1}}'},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"type": "function", "function": {"name": "look", "arguments": {"at": 1}}}],
            },
            {"from": "function_call", "value": '{"name": "look", "arguments": {"at": 1}}'},
        ),
        ({"from": "observation", "value": "5"}, {"role": "tool", "content": "5"}, {"from": "observation"}),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_other_ways_to_write_a_message(written, own, rest):
    assert own_message(written, "messages/0") == (own, rest)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"role": "narrator", "content": "a"}, "messages/0 has the role narrator, which palms does not know"),
        ({"role": "x" * 1000, "content": "a"}, f"messages/0 has the role {'x' * 60}…, which palms does not know"),
        ({"content": "a"}, "messages/0 has no role"),
        ({"role": 5, "content": "a"}, "messages/0 has no role"),
        ({"role": "user"}, "messages/0 has no content"),
        ("a", "messages/0 is no message"),
        (
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]},
            "messages/0/content/0 is no text but image_url, and a sample holds text alone",
        ),
        (
            {"role": "model", "parts": [{"functionCall": {}}]},
            "messages/0/parts/0 is no text but functionCall, and a sample holds text alone",
        ),
        ({"role": "user", "content": [5]}, "messages/0/content/0 is no text"),
    ],
    ids=lambda value: json.dumps(value)[:50],
)
def test_what_a_sample_cannot_hold_is_refused_with_its_place(message, reason):
    with pytest.raises(UnfitRow) as raised:
        own_message(message, "messages/0")
    assert raised.value.message == reason


def test_what_messages_have_besides_is_noted_by_their_numbers():
    notes: dict = {}
    written = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "refusal": None}]
    assert own_messages(written, "messages", notes)[1] == {"role": "assistant", "content": "b"}
    assert notes == {"messages": {"1": {"refusal": None}}}
