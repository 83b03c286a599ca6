"""Preference data of more than one question: both ends of a conversation as messages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from palms_spec.documents.context import SampleContext
from palms_spec.documents.rows import read_row
from palms_spec.documents.sample_files import read_samples
from palms_spec.sources.yaml_writing import write_yaml

CONTEXT = SampleContext(dataset="d")
ASKED = [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}]
CHOSEN, REJECTED = [{"role": "assistant", "content": "a"}], [{"role": "assistant", "content": "b"}]
ROW = {"id": "x", "prompt": ASKED, "chosen": CHOSEN, "rejected": REJECTED}


def said(turns):
    return [(turn.role, turn.content) for turn in turns]


def read(value):
    (sample,), defects = read_row(json.dumps(value).encode(), CONTEXT)
    assert defects == []
    return sample


@pytest.mark.parametrize("more", [{}, {"round": 1}, {"tools": [{"type": "function"}], "weight": 2.0}])
def test_both_ends_follow_on_the_same_turns(more):
    sample = read({**ROW, **more})
    assert said(sample.turns) == [("system", "s"), ("user", "q"), ("assistant", "a")]
    assert said(sample.rejected) == [("system", "s"), ("user", "q"), ("assistant", "b")]
    assert said(sample.all_turns) == [("system", "s"), ("user", "q"), ("assistant", "a"), ("assistant", "b")]
    assert [turn.pointer for turn in sample.all_turns] == [
        "/prompt/0/content",
        "/prompt/1/content",
        "/chosen/0/content",
        "/rejected/0/content",
    ]
    assert (sample.tools, sample.weight) == (more.get("tools"), more.get("weight"))


@pytest.mark.parametrize("prompt", [{}, {"prompt": []}], ids=["left out", "empty"])
def test_the_prompt_may_be_in_both_ends(prompt):
    sample = read({"chosen": ASKED + CHOSEN, "rejected": ASKED + REJECTED, **prompt})
    assert said(sample.turns) == [("system", "s"), ("user", "q"), ("assistant", "a")]


def test_what_messages_have_besides_text_goes_to_their_turns():
    call = {"role": "assistant", "content": None, "tool_calls": [{"type": "function"}]}
    sample = read({"prompt": [{**ASKED[1], "name": "n"}], "chosen": [call], "rejected": [{**REJECTED[0], "weight": 0}]})
    assert [turn.extra for turn in sample.all_turns] == [
        {"name": "n"},
        {"tool_calls": [{"type": "function"}]},
        {"weight": 0},
    ]
    assert [turn.calls_tools for turn in sample.all_turns] == [False, True, False]


def test_in_yaml_it_is_the_same():
    value: Any = {"prompt": ASKED, "chosen": CHOSEN, "rejected": REJECTED}
    _, (sample,) = read_samples("a.yaml", write_yaml(value).encode(), "a", CONTEXT)
    assert said(sample.rejected) == [("system", "s"), ("user", "q"), ("assistant", "b")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"prompt": "q", "chosen": CHOSEN, "rejected": REJECTED}, "prompt: expected a list, found “q”"),
        ({"prompt": ASKED, "chosen": CHOSEN, "rejected": "b"}, "rejected: expected a list, found “b”"),
        ({"prompt": ASKED, "chosen": [], "rejected": REJECTED}, "chosen: expected a list of 1 or more, found an empty list"),
        ({"prompt": ASKED, "chosen": CHOSEN}, "rejected is missing"),
        ({"prompt": ASKED, "chosen": [{"role": "bot", "content": "a"}], "rejected": REJECTED}, "role: expected"),
    ],
    ids=["text among lists", "text beside lists", "nothing", "no other end", "a role that is none"],
)  # fmt: skip
def test_what_is_wrong_is_said(row, message):
    samples, defects = read_row(json.dumps(row).encode(), CONTEXT)
    assert samples == []
    assert defects[0].message.startswith(message)
