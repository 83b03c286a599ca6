"""The forms in which a sample is written, before it is read into a `Sample`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from palms_spec.documents.ignore import Ignore
from palms_spec.documents.model import Id, Model, Text


class Weakness(Model):
    """What a sample answers that was written against an observed weakness."""

    study: Text | None = None
    prompts: list[Id] = []
    note: Text | None = None


class Provenance(Model):
    """What every written form of a sample may say about itself."""

    id: Id | None = None
    category: Id | None = None
    positions: list[Id] = []
    origin: Literal["broad", "weakness"] | None = Field(default=None, description="Why it was written.")
    weakness: Weakness | None = None
    round: int | None = Field(default=None, ge=1, description="Which turn of the loop added it.")
    authors: list[Text] = []
    metadata: dict[str, Any] | None = None
    palms_ignore: list[Ignore] = []


class CompletionSample(Provenance):
    """Question and answer."""

    prompt: str
    completion: str


class Message(Model):
    """One turn, as chat training formats write it."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | None = None
    name: str | None = None
    weight: Literal[0, 1] | None = None
    tool_calls: list[dict[str, Any]] | None = None
    tool_call_id: str | None = None


class MessagesSample(Provenance):
    """Several turns."""

    messages: list[Message] = Field(min_length=1)
    system: str | None = None
    tools: list[dict[str, Any]] | None = None
    weight: float | None = Field(default=None)


class PreferenceSample(Provenance):
    """A chosen and a rejected answer to one prompt."""

    prompt: str
    chosen: str
    rejected: str


class PreferenceConversation(Provenance):
    """A chosen and a rejected end of one conversation. The messages of the prompt come before both."""

    prompt: list[Message] = []
    chosen: list[Message] = Field(min_length=1)
    rejected: list[Message] = Field(min_length=1)
    tools: list[dict[str, Any]] | None = None
    weight: float | None = Field(default=None)


SampleModel = CompletionSample | MessagesSample | PreferenceSample | PreferenceConversation


def model_of(value: Any) -> type[SampleModel]:
    """The written form that a value is meant to have, decided before anything is validated."""
    keys = value if isinstance(value, dict) else {}
    if "messages" in keys:
        return MessagesSample
    if "chosen" in keys or "rejected" in keys:
        lists = any(isinstance(keys.get(name), list) for name in ("prompt", "chosen", "rejected"))
        return PreferenceConversation if lists else PreferenceSample
    return CompletionSample
