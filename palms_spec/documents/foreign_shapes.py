"""From one parsed row, as other tools write it, to its samples.

These functions run once a row: they check by hand, and answer None where a row is not what it seemed to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from palms_spec.documents.sample import ASSISTANT, USER, Sample, Turn

FOREIGN_SHAPES = (
    "prompt with completion or response; messages; conversations; chosen with rejected; "
    "instruction with output or instances; question with answer; text"
)
_SPEAKERS = {
    "human": USER,
    "user": USER,
    "gpt": ASSISTANT,
    "assistant": ASSISTANT,
    "model": ASSISTANT,
    "bot": ASSISTANT,
    "system": "system",
    "developer": "developer",
    "tool": "tool",
    "function": "tool",
}


def foreign_samples(value: Any) -> list[Sample] | None:
    """The samples in a row that some other tool wrote; None where its shape is not known.

    Fields that are not part of the conversation are passed over, and nothing is said about categories: such a row
    belongs to no specification.
    """
    if type(value) is not dict:
        return None
    for keys, reader in _FOREIGN:
        if keys <= value.keys():
            return reader(value)
    return None


def shape_of(value: dict[str, Any]) -> list[str]:
    """The keys that give away in which foreign shape a row is written; none where it is not known."""
    return next((sorted(keys) for keys, _ in _FOREIGN if keys <= value.keys()), [])


def _pair(question: str, answer: str) -> Callable[[dict[str, Any]], list[Sample] | None]:
    def read(value: dict[str, Any]) -> list[Sample] | None:
        asked, answered = value[question], value[answer]
        if type(asked) is not str or type(answered) is not str:
            return None
        return [Sample(_id(value), [Turn(USER, asked, "/" + question), Turn(ASSISTANT, answered, "/" + answer)])]

    return read


def _id(value: dict[str, Any]) -> str | None:
    name = value.get("id")
    return name if type(name) is str and name else None


def _chat(name: str) -> Callable[[dict[str, Any]], list[Sample] | None]:
    def read(value: dict[str, Any]) -> list[Sample] | None:
        turns = _chat_turns(value[name], "/" + name)
        return None if turns is None else [Sample(_id(value), turns)]

    return read


def _chat_turns(value: Any, pointer: str) -> list[Turn] | None:
    if type(value) is not list or not value:
        return None
    turns = []
    for index, message in enumerate(value):
        if type(message) is not dict:
            return None
        role_key, text_key = ("role", "content") if "role" in message else ("from", "value")
        role, content = message.get(role_key), message.get(text_key)
        if type(role) is not str or (content is not None and type(content) is not str):
            return None
        calls_tools = bool(message.get("tool_calls"))
        turns.append(
            Turn(_SPEAKERS.get(role, role), content or "", f"{pointer}/{index}/{text_key}", calls_tools=calls_tools)
        )
    return turns


def _instruction(value: dict[str, Any]) -> list[Sample] | None:
    if type(value["output"]) is not str:
        return None
    return _instances(value, [(value.get("input"), value["output"], "")])


def _instruction_instances(value: dict[str, Any]) -> list[Sample] | None:
    instances = value["instances"]
    if type(instances) is not list or not all(
        type(one) is dict and type(one.get("output")) is str for one in instances
    ):
        return None
    rows = [(one.get("input"), one["output"], f"/instances/{index}") for index, one in enumerate(instances)]
    return _instances(value, rows)


def _instances(value: dict[str, Any], rows: list[tuple[Any, str, str]]) -> list[Sample] | None:
    instruction, samples = value["instruction"], []
    if type(instruction) is not str:
        return None
    for given, output, pointer in rows:
        turns = [Turn(USER, instruction, "/instruction")]
        if type(given) is str and given:
            turns.append(Turn(USER, given, pointer + "/input"))
        turns.append(Turn(ASSISTANT, output, pointer + "/output"))
        samples.append(Sample(_id(value) if len(rows) == 1 else None, turns, pointer=pointer))
    return samples


def _text(value: dict[str, Any]) -> list[Sample] | None:
    if type(value["text"]) is not str:
        return None
    return [Sample(_id(value), [Turn(ASSISTANT, value["text"], "/text")])]


def _preference(value: dict[str, Any]) -> list[Sample] | None:
    prompt = value.get("prompt")
    asked = [Turn(USER, prompt, "/prompt")] if type(prompt) is str else []
    chosen, rejected = _side(value["chosen"], "/chosen"), _side(value["rejected"], "/rejected")
    if chosen is None or rejected is None:
        return None
    return [Sample(_id(value), asked + chosen, asked + rejected)]


def _side(value: Any, pointer: str) -> list[Turn] | None:
    if type(value) is not str:
        return _chat_turns(value, pointer)
    return _dialogue(value, pointer)


_SPEAKER_MARK = re.compile(r"(?:\A|\n\n)(Human|Assistant):[ ]?")


def _dialogue(text: str, pointer: str) -> list[Turn]:
    """The turns of a conversation written as one text, each opened by a blank line and `Human:` or `Assistant:`."""
    marks = list(_SPEAKER_MARK.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return [Turn(ASSISTANT, text, pointer)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        Turn(USER if mark[1] == "Human" else ASSISTANT, text[mark.end() : end], pointer, mark.end())
        for mark, end in zip(marks, ends, strict=True)
    ]


_FOREIGN: tuple[tuple[frozenset[str], Callable[[dict[str, Any]], list[Sample] | None]], ...] = (
    (frozenset(("prompt", "completion")), _pair("prompt", "completion")),
    (frozenset(("messages",)), _chat("messages")),
    (frozenset(("conversations",)), _chat("conversations")),
    (frozenset(("chosen", "rejected")), _preference),
    (frozenset(("prompt", "response")), _pair("prompt", "response")),
    (frozenset(("instruction", "output")), _instruction),
    (frozenset(("instruction", "instances")), _instruction_instances),
    (frozenset(("question", "answer")), _pair("question", "answer")),
    (frozenset(("text",)), _text),
)
