"""The formats by name, and in which of them a row can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import UsageError
from palms_spec.training.readers.conversation import Conversation, Row

Read = Callable[[Row], list[Conversation]]
"""The conversations of a row that has the keys of the format. Raises UnfitRow."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. A row is read in it that has all keys of one of `keys`; if it is `weak`, only if it fits no other."""

    name: str
    keys: tuple[tuple[str, ...], ...]
    what: str
    weak: bool = False

    def found_in(self, row: Row, *, nulls: bool = False) -> tuple[str, ...]:
        """The keys by which it is known that a row has this format; none where it has not. A null is no value."""
        for keys in self.keys:
            if all(key in row and (nulls or row[key] is not None) for key in keys):
                return keys
        return ()

    @property
    def read(self) -> Read:
        """What reads its rows."""
        found: Read = import_module(f"palms_spec.training.readers.{self.name.replace('-', '_')}").read
        return found


FORMATS = (
    Format("chat", (("messages",),), "messages with role and content"),
    Format("prompt-completion", (("prompt", "completion"), ("prompt", "response")), "texts, or lists of messages"),
    Format("alpaca", (("instruction", "output"), ("instruction", "response")), "with input, system and history"),
    Format("sharegpt", (("conversations",), ("conversation",)), "turns with from and value"),
    Format("preference", (("chosen", "rejected"),), "texts or lists of messages, with a prompt or without"),
    Format("openai-dpo", (("preferred_output", "non_preferred_output"),), "preference data as OpenAI has them"),
    Format("vertex", (("contents",),), "turns of Gemini"),
    Format("question-answer", (("question", "answer"),), "texts"),
    Format("self-instruct", (("instruction", "instances"),), "an instruction with its instances"),
    Format("text", (("text",),), "all in one", weak=True),
)
NAMES = tuple(one.name for one in FORMATS)
MODEL_SPEC = "model-spec"
"""The format of what holds no rows: a published specification."""


def format_named(name: str) -> Format:
    """The format of a name. Raises UsageError where there is none."""
    for one in FORMATS:
        if one.name == name:
            return one
    hint = did_you_mean(name, (*NAMES, MODEL_SPEC)) or f"one of {', '.join(NAMES)}, {MODEL_SPEC}"
    raise UsageError(f"there is no format {name}", hint=hint)


def readings(row: Row) -> list[Format]:
    """The formats in which a row can be read."""
    for nulls in (False, True):
        found = [one for one in FORMATS if one.found_in(row, nulls=nulls)]
        if found:
            return [one for one in found if not one.weak] or found
    return []
