"""From one parsed row in one of our written forms to its sample.

These functions run once a row, so they check by hand and build plain records. Where they answer None, `validation` is
asked to say why.
"""

from __future__ import annotations

import re
from typing import Any

from palms_spec.documents.model import Model
from palms_spec.documents.sample import ASSISTANT, EXTRAS, USER, Sample, Turn

_COMMON = frozenset(
    ("id", "category", "positions", "origin", "weakness", "round", "authors", "metadata", "palms_ignore")
)
_COMPLETION = _COMMON | {"prompt", "completion"}
_MESSAGES = _COMMON | {"messages", "system", "tools", "weight"}
_PREFERENCE = _COMMON | {"prompt", "chosen", "rejected"}
_CONVERSATIONS = ("messages", "prompt", "chosen", "rejected")
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
        both = _compared(value, pointer) if keys <= _PREFERENCE else None
        if both is None:
            return None
        turns, rejected = both
    else:
        return None
    return _with_provenance(value, Sample(None, turns, rejected, pointer=pointer))


def own_sample_unchecked(model: Model, value: dict[str, Any], pointer: str = "") -> Sample:
    """The same for a value that a model has accepted, once the fields that it does not know were taken out."""
    known = type(model).model_fields
    checked = {key: item for key, item in value.items() if key in known and key not in _UNCHECKED and item is not None}
    lists = {name: checked[name] for name in _CONVERSATIONS if type(checked.get(name)) is list}
    for name, messages in lists.items():
        checked[name] = [{"role": message["role"], "content": message.get("content") or ""} for message in messages]
    sample = own_sample(checked, pointer)
    assert sample is not None, "a validated sample has a known form"
    sample.weakness, sample.tools, sample.weight = value.get("weakness"), value.get("tools"), value.get("weight")
    sample.authors = value.get("authors") or []
    if "chosen" in lists:
        prompt = lists.get("prompt", [])
        _add_extras(sample.turns, [*prompt, *lists["chosen"]])
        _add_extras(sample.rejected, [*prompt, *lists["rejected"]])
    elif "messages" in lists:
        _add_extras(sample.turns, lists["messages"])
    return sample


def _add_extras(turns: list[Turn], messages: list[dict[str, Any]]) -> None:
    """Add what messages have besides text to their turns, of which a system prompt may stand before them."""
    for turn, message in zip(reversed(turns), reversed(messages), strict=False):
        turn.calls_tools = bool(message.get("tool_calls"))
        turn.extra = {name: message[name] for name in EXTRAS if message.get(name) is not None} or None


def _compared(value: dict[str, Any], pointer: str) -> tuple[list[Turn], list[Turn]] | None:
    """The chosen and the rejected conversation, which share the turns of the prompt."""
    prompt, chosen, other = value.get("prompt"), value["chosen"], value.get("rejected")
    if type(chosen) is list:
        asked = _messages(prompt, pointer + "/prompt") if prompt else []
        preferred, refused = _messages(chosen, pointer + "/chosen"), _messages(other, pointer + "/rejected")
        if asked is None or preferred is None or refused is None:
            return None
        return asked + preferred, asked + refused
    if type(prompt) is not str or type(chosen) is not str or type(other) is not str:
        return None
    question = Turn(USER, prompt, pointer + "/prompt")
    return (
        [question, Turn(ASSISTANT, chosen, pointer + "/chosen")],
        [question, Turn(ASSISTANT, other, pointer + "/rejected")],
    )


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
