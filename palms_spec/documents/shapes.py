"""From one parsed row to its samples: our own written forms, and the forms other tools write.

These functions run once a row, so they check by hand and build plain records. Where they answer None, `validation` is
asked to say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from palms_spec.documents.model import Model
from palms_spec.documents.sample import ASSISTANT, EXTRAS, USER, Sample, Turn

_COMMON = frozenset(
    ("id", "category", "positions", "origin", "weakness", "round", "authors", "metadata", "palms_ignore")
)
_COMPLETION = _COMMON | {"prompt", "completion"}
_MESSAGES = _COMMON | {"messages", "system", "tools", "weight"}
_PREFERENCE = _COMMON | {"prompt", "chosen", "rejected"}
_UNCHECKED = frozenset(("weakness", "round", "authors", "palms_ignore", "tools", "weight"))
_ROLES = frozenset(("system", "developer", "user", "assistant", "tool"))
_ID = re.compile(r"[\w][\w./:+-]*\Z").match


def own_sample(value: Any, pointer: str = "") -> Sample | None:
    """A sample in one of our written forms; None where it is not exactly that, or has a rarely used field."""
    if type(value) is not dict:
        return None
    keys = value.keys()
    if not keys.isdisjoint(_UNCHECKED):
        return None
    if "completion" in value:
        prompt, completion = value.get("prompt"), value["completion"]
        if type(prompt) is not str or type(completion) is not str or not keys <= _COMPLETION:
            return None
        turns = [Turn(USER, prompt, pointer + "/prompt"), Turn(ASSISTANT, completion, pointer + "/completion")]
        rejected: list[Turn] = []
    elif "messages" in value:
        if not keys <= _MESSAGES:
            return None
        found = _messages(value["messages"], pointer + "/messages")
        if found is None:
            return None
        turns, rejected = found, []
        if (system := value.get("system")) is not None:
            turns.insert(0, Turn("system", system, pointer + "/system"))
    elif "chosen" in value:
        prompt, chosen, other = value.get("prompt"), value["chosen"], value.get("rejected")
        if type(prompt) is not str or type(chosen) is not str or type(other) is not str or not keys <= _PREFERENCE:
            return None
        turns = [Turn(USER, prompt, pointer + "/prompt"), Turn(ASSISTANT, chosen, pointer + "/chosen")]
        rejected = [turns[0], Turn(ASSISTANT, other, pointer + "/rejected")]
    else:
        return None
    return _with_provenance(value, Sample(None, turns, rejected, pointer=pointer))


def own_sample_unchecked(model: Model, value: dict[str, Any], pointer: str = "") -> Sample:
    """The same for a value that a model has accepted, once the fields that it does not know were taken out."""
    known = type(model).model_fields
    checked = {key: item for key, item in value.items() if key in known and key not in _UNCHECKED and item is not None}
    if "messages" in checked:
        checked["messages"] = [
            {"role": message["role"], "content": message.get("content") or ""} for message in checked["messages"]
        ]
    sample = own_sample(checked, pointer)
    assert sample is not None, "a validated sample has a known form"
    sample.weakness, sample.tools, sample.weight = value.get("weakness"), value.get("tools"), value.get("weight")
    for turn, message in zip(reversed(sample.turns), reversed(value.get("messages") or ()), strict=False):
        turn.calls_tools = bool(message.get("tool_calls"))
        turn.extra = {name: message[name] for name in EXTRAS if message.get(name) is not None} or None
    return sample


def _with_provenance(value: dict[str, Any], sample: Sample) -> Sample | None:
    get = value.get
    if (name := get("id")) is not None:
        if type(name) is not str or not _ID(name):
            return None
        sample.id = name
    if (category := get("category")) is not None:
        if type(category) is not str or not _ID(category):
            return None
        sample.category = category
    if (positions := get("positions")) is not None:
        if type(positions) is not list or any(type(position) is not str or not _ID(position) for position in positions):
            return None
        sample.positions = positions
    if (metadata := get("metadata")) is not None:
        if type(metadata) is not dict:
            return None
        sample.metadata = metadata
    if (origin := get("origin")) is not None:
        if origin not in ("broad", "weakness"):
            return None
        sample.origin = origin
    return sample


def _messages(value: Any, pointer: str) -> list[Turn] | None:
    if type(value) is not list or not value:
        return None
    turns = []
    for index, message in enumerate(value):
        if type(message) is not dict or message.keys() != {"role", "content"}:
            return None
        role, content = message["role"], message["content"]
        if role not in _ROLES or type(content) is not str:
            return None
        turns.append(Turn(role, content, f"{pointer}/{index}/content"))
    return turns


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
