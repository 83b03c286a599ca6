"""Test prompts, as the checks of samples have to know them.

They travel with the context of a dataset's samples. Id, path and text are all that is known of them, so a change of
anything else in a prompt set leaves results about samples valid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from palms_spec.documents.document import Document
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.references import parse_reference


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A test prompt of one turn: its id, the path of its set, and what is asked, without instructions to the model."""

    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class HeldOutPrompts:
    """The test prompts of one turn of a specification.

    Compared and hashed by identity, so that an index over them is made once.
    """

    prompts: tuple[HeldOut, ...] = ()


NOTHING_HELD_OUT = HeldOutPrompts()


def held_out_prompts(documents: Iterable[Document], spec: str) -> HeldOutPrompts:
    """The test prompts of one turn that the prompt sets among the documents hold for a specification."""
    found = tuple(
        HeldOut(prompt.id, document.path, prompt.turns[0][1])
        for document in documents
        if isinstance(document.model, PromptSet) and parse_reference(document.model.spec).id == spec
        for prompt in document.model.prompts
        if prompt.split == "test" and len(prompt.turns) == 1
    )
    return HeldOutPrompts(found) if found else NOTHING_HELD_OUT
