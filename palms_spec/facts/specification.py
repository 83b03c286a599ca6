"""A specification with the prompt sets that test it."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.documents.prompts import Prompt, PromptSet
from palms_spec.documents.spec import Spec


@dataclass(frozen=True, slots=True)
class SpecFacts:
    """A specification and its prompt sets, each with its path."""

    path: str
    spec: Spec
    prompt_sets: tuple[tuple[str, PromptSet], ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether it is a published text: others wrote it, in another form, and with other duties."""
        return self.path.endswith(".md")

    def prompts(self, split: str) -> list[Prompt]:
        """The prompts of a split, over all sets."""
        return [prompt for _, prompts in self.prompt_sets for prompt in prompts.prompts if prompt.split == split]


@dataclass(frozen=True, slots=True)
class PromptSetFacts:
    """A prompt set, and the specification it names if that is there and valid.

    `others` are the other prompt sets of that specification, each with its path."""

    path: str
    prompts: PromptSet
    spec: Spec | None
    others: tuple[tuple[str, PromptSet], ...] = ()
