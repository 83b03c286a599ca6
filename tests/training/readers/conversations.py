"""Rows of every line shape, made up by hypothesis, and what is said in one: a second reading, written for tests alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
Said = list[tuple[str, str]]

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
WORDS = st.one_of(
    TEXT, st.sampled_from(["", " ", "a\n\nb", "# a", "no", "---", "Human: x", "\x00\x07", "\u2028", "😀é"])
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip
COLUMNS = st.dictionaries(st.sampled_from(["score", "id", "imported", "tags", "source", "é"]), VALUES, max_size=3)


def _turns(draw, names: tuple[str, str], least: int = 1) -> Said:
    count = draw(st.integers(least, 2))
    return [(name, draw(WORDS)) for _ in range(count) for name in names]


def _messages(said: Said) -> list[Row]:
    return [{"role": role, "content": content} for role, content in said]


def _spoken(messages: list[Row], role: str = "role", content: str = "content") -> Said:
    return [(message[role], message[content]) for message in messages]


@dataclass(frozen=True)
class Shape:
    """A line shape: how to make a row of it, with a system prompt or without, and what is said in one."""

    target: str
    make: Callable[[Any, str | None], Row]
    said: Callable[[Row], Any]
    method: str = "sft"
    least: int = 1


def _system(system: str | None) -> Said:
    return [("system", system)] if system is not None else []


def _chat(draw, system):
    return {"messages": _messages([*_system(system), *_turns(draw, ("user", "assistant"))])}


def _claude(draw, system):
    row = {"messages": _messages(_turns(draw, ("user", "assistant")))}
    return {"system": system, **row} if system is not None else row


def _converse(draw, system):
    said = _turns(draw, ("user", "assistant"))
    row: Row = {"schemaVersion": "bedrock-conversation-2024"}
    if system is not None:
        row["system"] = [{"text": system}]
    return row | {"messages": [{"role": role, "content": [{"text": text}]} for role, text in said]}


def _converse_said(row):
    return [(message["role"], message["content"][0]["text"]) for message in row["messages"]], row.get("system")


def _vertex(draw, system):
    contents = [{"role": role, "parts": [{"text": text}]} for role, text in _turns(draw, ("user", "model"))]
    return {"contents": contents} | ({"systemInstruction": {"parts": [{"text": system}]}} if system is not None else {})


def _vertex_said(row):
    return [(turn["role"], turn["parts"][0]["text"]) for turn in row["contents"]], row.get("systemInstruction")


def _sharegpt(draw, system):
    said = _turns(draw, ("human", "gpt"))
    return {"conversations": [{"from": who, "value": text} for who, text in said], "system": system or ""}


def _alpaca(draw, system):
    return {"instruction": draw(WORDS), "input": draw(WORDS), "output": draw(WORDS)}


def _alpaca_said(row):
    """As LLaMA-Factory reads it: the input, if there is one, is the line behind the instruction."""
    question = row["instruction"] + ("\n" + row["input"] if row["input"] else "")
    return question, row["output"], row.get("system") or "", row.get("history") or []


def _alpaca_history(draw, system):
    return {**_alpaca(draw, None), "system": system or "", "history": [list(draw(st.tuples(WORDS, WORDS)))]}


def _pair(question: str, answer: str):
    return lambda draw, system: {question: draw(WORDS), answer: draw(WORDS)}


def _completion_chat(draw, system):
    messages = _messages([*_system(system), *_turns(draw, ("user", "assistant"))])
    return {"prompt": messages[:-1], "completion": messages[-1:]}


def _compared(draw, system):
    prompt = _messages([*_system(system), *_turns(draw, ("user", "assistant"))[:-1]])
    return prompt, [{"role": "assistant", "content": draw(WORDS)}], [{"role": "assistant", "content": draw(WORDS)}]


def _preference_chat(draw, system):
    return dict(zip(("prompt", "chosen", "rejected"), _compared(draw, system), strict=True))


def _openai_dpo(draw, system):
    prompt, chosen, rejected = _compared(draw, system)
    return {"input": {"messages": prompt}, "preferred_output": chosen, "non_preferred_output": rejected}


def _whole(row):
    return row


SHAPES: dict[str, Shape] = {
    "openai-chat": Shape("together", _chat, lambda row: _spoken(row["messages"])),
    "bedrock-claude": Shape("bedrock-claude", _claude, lambda row: (_spoken(row["messages"]), row.get("system")), least=32),
    "bedrock-conversation": Shape("bedrock-nova", _converse, _converse_said, least=8),
    "vertex": Shape("vertex", _vertex, _vertex_said),
    "sharegpt": Shape("llama-factory", _sharegpt, lambda row: (_spoken(row["conversations"], "from", "value"), row["system"])),
    "alpaca": Shape("axolotl", _alpaca, _alpaca_said),
    "alpaca-history": Shape("llama-factory", _alpaca_history, _alpaca_said),
    "question-answer": Shape("axolotl", _pair("question", "answer"), _whole),
    "prompt-completion": Shape("completions", _pair("prompt", "completion"), _whole),
    "prompt-completion-chat": Shape("trl", _completion_chat, lambda row: _spoken(row["prompt"] + row["completion"])),
    "prompt-chosen-rejected": Shape("trl", lambda draw, system: {**_pair("prompt", "chosen")(draw, None), "rejected": draw(WORDS)}, _whole, "dpo"),
    "prompt-chosen-rejected-chat": Shape("trl", _preference_chat, _whole, "dpo"),
    "openai-dpo": Shape("together", _openai_dpo, _whole, "dpo"),
    "text": Shape("together", lambda draw, system: {"text": draw(WORDS)}, _whole),
}  # fmt: skip


@st.composite
def rows_of(draw, shape: Shape) -> list[tuple[Row, Row]]:
    """Some rows of a shape, each with columns that have nothing to do with it. All have a system prompt, or none."""
    systems = draw(st.sampled_from([None, "one", "many"]))
    first = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        system = (
            None
            if systems is None
            else first
            if systems == "one"
            else draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
        )
        rows.append((shape.make(draw, system), draw(COLUMNS)))
    return rows * (-(-shape.least // len(rows)))
