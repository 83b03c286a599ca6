"""Two versions of a prompt set compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.fields import changed_fields, field_text
from palms_spec.comparison.matching import match
from palms_spec.documents.identity import normalized
from palms_spec.documents.prompts import Prompt, PromptSet
from palms_spec.sources.node import escape_step

DOCUMENT_FIELDS = ("spec", "language")
PLACE_FIELDS = ("split", "category", "positions", "groups", "samples", "preset")


@dataclass(frozen=True, slots=True)
class PromptSetVersion:
    """A prompt set, and the file that it was read from."""

    path: str
    prompts: PromptSet

    def by_id(self) -> dict[str, Prompt]:
        """Prompts by id; of an id that is given twice, the first."""
        found: dict[str, Prompt] = {}
        for prompt in self.prompts.prompts:
            found.setdefault(prompt.id, prompt)
        return found

    def side(self, prompt: Prompt, field: str = "", text: str = "") -> Side:
        """A prompt, or a field of it."""
        pointer = f"/prompts/{escape_step(prompt.id)}"
        return Side(prompt.id, self.path, f"{pointer}/{field}" if field else pointer, text)

    def document_side(self, field: str, text: str) -> Side:
        """A field of the document."""
        return Side(self.prompts.id, self.path, "/" + field, text)


def prompt_changes(base: PromptSetVersion, head: PromptSetVersion) -> Iterator[Change]:
    """All differences, in the order of the head's document, what is gone last. What changed of a prompt besides its
    wording is `prompt-moved`."""
    name = head.prompts.id
    for field, before, after in changed_fields(base.prompts, head.prompts, DOCUMENT_FIELDS):
        sides = base.document_side(field, before), head.document_side(field, after)
        yield Change("prompt-set-changed", name, "prompt-set", *sides, field)
    were, are = base.by_id(), head.by_id()
    matched = match({one: asked(were[one]) for one in were}, {one: asked(are[one]) for one in are})
    partners = {new: old for old, new in matched.pairs}
    for one, now in are.items():
        if one not in partners:
            yield Change("prompt-added", name, "prompt", None, head.side(now, text=asked(now)))
            continue
        was = were[partners[one]]
        if was.id != now.id:
            sides = base.side(was, "id", was.id), head.side(now, "id", now.id)
            yield Change("prompt-renamed", name, "prompt", *sides, "id")
        if normalized(asked(was)) != normalized(asked(now)):
            sides = base.side(was, wording_field(was), asked(was)), head.side(now, wording_field(now), asked(now))
            yield Change("prompt-reworded", name, "prompt", *sides, "wording")
        for field, before, after in changed_fields(was, now, PLACE_FIELDS):
            yield Change(
                "prompt-moved", name, "prompt", base.side(was, field, before), head.side(now, field, after), field
            )
    for one in matched.gone:
        yield Change("prompt-removed", name, "prompt", base.side(were[one], text=asked(were[one])), None)


def asked(prompt: Prompt) -> str:
    """All that is asked, as one text; the roles of several turns with it."""
    return field_text(prompt, wording_field(prompt))


def wording_field(prompt: Prompt) -> str:
    """The field that holds what is asked."""
    return "text" if prompt.text is not None else "messages" if prompt.messages is not None else "template"
