"""The prompt set: what models are asked when they are evaluated."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from palms_spec.documents.ignore import Ignore
from palms_spec.documents.model import FormatVersion, Id, Language, Model, Reference, Text

Split = Literal["development", "test", "probe"]
INSTRUCTIONS = frozenset(("system", "developer"))


class PromptMessage(Model):
    """One turn of a prompt of several turns. `attributes` are what a published text says of it besides, such as which
    tool it comes from."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str
    attributes: dict[str, str] | None = None


class Prompt(Model):
    """One prompt: `text`, `messages` for several turns, or for probes a `template` over the terms of social groups."""

    id: Id
    title: Text | None = Field(default=None, description="What it is about, in a few words.")
    split: Split
    category: Id | None = None
    positions: list[Id] = []
    text: Text | None = None
    messages: list[PromptMessage] | None = None
    template: Text | None = None
    groups: Text | None = None
    samples: int | None = Field(default=None, ge=1)
    preset: Literal["paper"] | None = None

    @property
    def wording(self) -> str:
        """What is asked: the text, the last message or the template."""
        if self.text is not None:
            return self.text
        if self.messages:
            return self.messages[-1].content
        return self.template or ""

    @property
    def turns(self) -> tuple[tuple[str, str], ...]:
        """What is asked, as roles and texts, without instructions to the model; of a probe nothing."""
        if self.messages is not None:
            return tuple((turn.role, turn.content) for turn in self.messages if turn.role not in INSTRUCTIONS)
        return (("user", self.text),) if self.text is not None else ()


class PromptSet(Model):
    """Development prompts (they may drive additions to the dataset), test prompts (kept for the end), probes."""

    palms: FormatVersion
    kind: Literal["prompt-set"]
    id: Id
    spec: Reference
    language: Language
    prompts: list[Prompt]
    palms_ignore: list[Ignore] = []
