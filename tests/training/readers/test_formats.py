"""Rows of every format, and the samples that are made of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from palms_spec.errors import UsageError
from palms_spec.training.readers.conversation import UnfitRow
from palms_spec.training.readers.formats import FORMATS, format_named, readings
from palms_spec.training.readers.own_form import metadata_of, own_value

Q, A = {"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A."}
B = {"role": "assistant", "content": "B."}
S = {"role": "system", "content": "S."}
PLAIN = {"prompt": "Q?", "completion": "A."}
PAIR = {"prompt": "Q?", "chosen": "A.", "rejected": "B."}
TOOL = {"type": "function", "function": {"name": "look"}}
CALL = {"id": "c", "type": "function", "function": {"name": "look", "arguments": "{}"}}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("chat", {"messages": [Q, A]}, PLAIN, {}),
    ("chat", {"messages": [S, Q, A]}, {"messages": [S, Q, A]}, {}),
    ("chat", {"messages": [Q, A], "system": "S."}, {"messages": [S, Q, A]}, {}),
    ("chat", {"messages": [S, Q, A], "system": "S."}, {"messages": [S, Q, A]}, {}),
    ("chat", {"messages": [S, Q, A], "system": "T."}, {"messages": [S, Q, A]}, {"system": "T."}),
    ("chat", {"messages": [Q, A], "system": ""}, PLAIN, {}),
    ("chat", {"messages": [Q, A], "system": None}, PLAIN, {"system": None}),
    ("chat", {"messages": [Q, A], "system": {"a": 1}}, PLAIN, {"system": {"a": 1}}),
    ("chat", {"messages": [Q, A], "tools": [TOOL]}, {"messages": [Q, A], "tools": [TOOL]}, {}),
    ("chat", {"messages": [Q, A], "tools": json.dumps([TOOL])}, {"messages": [Q, A], "tools": [TOOL]}, {}),
    ("chat", {"messages": [Q, A], "tools": []}, PLAIN, {"tools": []}),
    ("chat", {"messages": [Q, A], "tools": "none"}, PLAIN, {"tools": "none"}),
    (
        "chat",
        {"messages": [Q, A], "functions": [{"name": "look"}]},
        {"messages": [Q, A], "tools": [TOOL]},
        {"functions": [{"name": "look"}]},
    ),
    ("chat", {"messages": [Q, A], "weight": 2}, {"messages": [Q, A], "weight": 2}, {}),
    ("chat", {"messages": [Q, A], "weight": "2"}, PLAIN, {"weight": "2"}),
    ("chat", {"messages": [Q, A], "weight": None, "n": None}, PLAIN, {"weight": None, "n": None}),
    ("chat", {"messages": [Q, A], "weight": True}, PLAIN, {"weight": True}),
    ("chat", {"messages": [Q, A], "metadata": {"a": 1}, "b": 2}, PLAIN, {"a": 1, "b": 2}),
    ("chat", {"messages": [Q, A], "metadata": {"b": 1}, "b": 2}, PLAIN, {"metadata": {"b": 1}, "b": 2}),
    ("chat", {"messages": [Q, A], "metadata": "x"}, PLAIN, {"metadata": "x"}),
    (
        "chat",
        {"messages": [Q, {"role": "assistant", "content": None, "tool_calls": [CALL]}, {"role": "tool", "content": "5", "tool_call_id": "c"}, {**A, "weight": 0}]},
        {"messages": [Q, {"role": "assistant", "content": None, "tool_calls": [CALL]}, {"role": "tool", "content": "5", "tool_call_id": "c"}, {**A, "weight": 0}]},
        {},
    ),
    ("prompt-completion", {"prompt": "Q?", "completion": "A."}, PLAIN, {}),
    ("prompt-completion", {"prompt": "Q?", "response": "A.", "label": True}, PLAIN, {"label": True}),
    ("prompt-completion", {"prompt": 4, "completion": None}, {"prompt": "4", "completion": ""}, {"prompt": 4, "completion": None}),
    ("prompt-completion", {"prompt": "Q?", "completion": None, "response": "A."}, PLAIN, {"completion": None}),
    ("prompt-completion", {"prompt": [Q], "completion": [A]}, PLAIN, {}),
    ("prompt-completion", {"prompt": [S, Q], "completion": "A."}, {"messages": [S, Q, A]}, {}),
    ("prompt-completion", {"prompt": "Q?", "completion": "A.", "system": "S."}, {"messages": [S, Q, A]}, {}),
    ("alpaca", {"instruction": "Q?", "input": "", "output": "A."}, PLAIN, {}),
    ("alpaca", {"instruction": "Q?", "input": "in", "output": "A."}, {"prompt": "Q?\nin", "completion": "A."}, {"input": "in"}),
    ("alpaca", {"instruction": "Q?", "input": None, "output": "A."}, PLAIN, {"input": None}),
    ("alpaca", {"instruction": "Q?", "context": "in", "response": "A.", "category": "x"}, {"prompt": "Q?\nin", "completion": "A."}, {"context": "in", "category": "x"}),
    ("alpaca", {"instruction": "Q?", "output": "A.", "system": "S.", "history": [["q", "a"]]}, {"messages": [S, {"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}, Q, A]}, {}),
    ("sharegpt", {"conversations": [{"from": "human", "value": "Q?"}, {"from": "gpt", "value": "A."}]}, PLAIN, {}),
    ("sharegpt", {"conversations": None, "conversation": [Q, A]}, PLAIN, {"conversations": None}),
    ("sharegpt", {"conversation": [Q, A], "system": "S."}, {"messages": [S, Q, A]}, {}),
    ("preference", {"prompt": "Q?", "chosen": "A.", "rejected": "B."}, PAIR, {}),
    ("preference", {"question": "Q?", "chosen": "A.", "rejected": "B.", "system": "S."}, {"prompt": [S, Q], "chosen": [A], "rejected": [B]}, {}),
    ("preference", {"instruction": "Q?", "input": "in", "chosen": "A.", "rejected": "B."}, {**PAIR, "prompt": "Q?\nin"}, {"input": "in"}),
    ("preference", {"prompt": [Q], "chosen": [A], "rejected": [B]}, PAIR, {}),
    ("preference", {"prompt": [Q], "chosen": A, "rejected": B}, PAIR, {}),
    ("preference", {"prompt": "Q?", "chosen": [Q, A], "rejected": [Q, B], "score": 1}, PAIR, {"score": 1}),
    ("preference", {"prompt": "T?", "chosen": [Q, A], "rejected": [Q, B]}, PAIR, {"prompt": "T?"}),
    ("preference", {"chosen": [S, Q, A], "rejected": [S, Q, B]}, {"prompt": [S, Q], "chosen": [A], "rejected": [B]}, {}),
    ("preference", {"chosen": [Q, A], "rejected": [A]}, {"prompt": [], "chosen": [Q, A], "rejected": [A]}, {}),
    ("preference", {"chosen": "A.", "rejected": "B."}, {"prompt": [], "chosen": [A], "rejected": [B]}, {}),
    ("preference", {"chosen": "\n\nHuman: Q?\n\nAssistant: A.", "rejected": "\n\nHuman: Q?\n\nAssistant: B."}, PAIR, {}),
    ("preference", {"chosen": "\n\nHuman: Q?\n\nAssistant:A.", "rejected": "\n\nHuman: Q?\n\nAssistant: B."}, PAIR, {"chosen": "\n\nHuman: Q?\n\nAssistant:A."}),
    ("preference", {"prompt": [Q], "chosen": [A], "rejected": [B], "tools": [TOOL], "weight": 0.5}, {"prompt": [Q], "chosen": [A], "rejected": [B], "tools": [TOOL], "weight": 0.5}, {}),
    ("openai-dpo", {"input": {"messages": [Q]}, "preferred_output": [A], "non_preferred_output": [B]}, PAIR, {}),
    ("openai-dpo", {"input": {"messages": [Q], "tools": [TOOL]}, "preferred_output": [A], "non_preferred_output": [B]}, {"prompt": [Q], "chosen": [A], "rejected": [B], "tools": [TOOL]}, {}),
    ("vertex", {"contents": [{"role": "user", "parts": [{"text": "Q?"}]}, {"role": "model", "parts": [{"text": "A."}]}]}, PLAIN, {}),
    ("vertex", {"systemInstruction": {"role": "system", "parts": [{"text": "S."}]}, "contents": [{"role": "user", "parts": [{"text": "Q?"}]}, {"role": "model", "parts": [{"text": "A."}]}], "tools": [{"functionDeclarations": []}]}, {"messages": [S, Q, A]}, {"systemInstruction": {"role": "system", "parts": [{"text": "S."}]}, "tools": [{"functionDeclarations": []}]}),
    ("question-answer", {"question": "Q?", "answer": "A.", "context": "c"}, PLAIN, {"context": "c"}),
    ("self-instruct", {"instruction": "Q?", "instances": [{"input": "", "output": "A."}], "name": "n"}, PLAIN, {"name": "n"}),
    ("text", {"text": "A."}, {"messages": [A]}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "value", "beside"), CASES, ids=lambda value: json.dumps(value)[:70])
def test_a_row_and_its_sample(name, row, value, beside):
    (conversation,) = format_named(name).read(row)
    metadata = metadata_of(conversation, row, {})
    assert metadata.pop("imported") == {}
    assert metadata == beside
    assert own_value(conversation, {}) == {"metadata": {}, **value}


@pytest.mark.parametrize(("name", "row", "value", "beside"), CASES, ids=lambda value: json.dumps(value)[:70])
def test_it_is_known_by_its_keys(name, row, value, beside):
    assert name in [one.name for one in readings(row)]


def test_every_format_has_a_case():
    assert {name for name, *_ in CASES} == {one.name for one in FORMATS}


NOTES = [
    (
        "chat",
        {"messages": [Q, {**A, "refusal": None}]},
        {"messages": {"1": {"refusal": None}}},
    ),
    ("prompt-completion", {"prompt": [Q], "completion": [A, Q, A]}, {"completion_messages": 3}),
    (
        "openai-dpo",
        {"input": {"messages": [Q], "parallel_tool_calls": True}, "preferred_output": [{**A, "audio": 1}], "non_preferred_output": [B]},
        {"preferred_output": {"0": {"audio": 1}}, "input": {"parallel_tool_calls": True}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "notes"), NOTES, ids=lambda value: json.dumps(value)[:40])
def test_what_stands_inside_of_a_conversation_and_has_no_field_is_noted(name, row, notes):
    (conversation,) = format_named(name).read(row)
    assert metadata_of(conversation, row, {"line": 1}) == {"imported": {"line": 1, **notes}}


def test_each_instance_is_a_sample():
    row = {"instruction": "I", "instances": [{"input": "a", "output": "b", "n": 1}, {"input": "", "output": "c"}]}
    first, second = format_named("self-instruct").read(row)
    assert own_value(first, {})["prompt"] == "I\na"
    assert metadata_of(first, row, {}) == {"imported": {"instance": {"input": "a", "n": 1}}}
    assert own_value(second, {}) == {"metadata": {}, "prompt": "I", "completion": "c"}


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("chat", {"messages": []}, "messages is empty"),
        ("chat", {"messages": "hello"}, "messages is no list of messages"),
        ("prompt-completion", {"prompt": ["a"], "completion": "b"}, "prompt/0 is no message"),
        ("alpaca", {"instruction": "a", "output": "b", "history": ["c"]}, "history is no list of pairs of texts"),
        ("alpaca", {"instruction": ["a", {"type": "image"}], "output": "b"}, "instruction/1 is no text but image"),
        ("preference", {"chosen": None, "rejected": "a"}, "one of chosen and rejected is null"),
        ("openai-dpo", {"preferred_output": [A], "non_preferred_output": [B]}, "input has no messages"),
        ("self-instruct", {"instruction": "a", "instances": []}, "instances is no list with something in it"),
        ("self-instruct", {"instruction": "a", "instances": [{}]}, "instances/0 has no output"),
    ],
)
def test_a_row_that_is_no_conversation_is_refused(name, row, reason):
    with pytest.raises(UnfitRow, match=f"^{reason}"):
        format_named(name).read(row)


def test_a_format_that_does_not_exist_is_said_with_those_that_do():
    with pytest.raises(UsageError) as raised:
        format_named("sharegp")
    assert raised.value.hint == "did you mean sharegpt?"


def test_text_counts_only_where_nothing_else_is_there():
    assert [one.name for one in readings({"text": "a", "instruction": "b", "output": "c"})] == ["alpaca"]
    assert [one.name for one in readings({"text": "a", "label": 1})] == ["text"]


def test_a_null_is_no_sign_of_a_format_unless_there_is_no_other():
    merged = {"messages": [Q, A], "prompt": None, "completion": None}
    assert [one.name for one in readings(merged)] == ["chat"]
    assert [one.name for one in readings({"prompt": None, "completion": "a"})] == ["prompt-completion"]
