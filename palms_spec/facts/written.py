"""The texts that people wrote into a document other than a sample, for the rules that look at any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from palms_spec.documents.context import ANONYMOUS, named
from palms_spec.documents.dataset import Dataset
from palms_spec.documents.model import Model
from palms_spec.documents.prompts import Prompt, PromptSet
from palms_spec.documents.sample import Sample, Turn
from palms_spec.documents.spec import Category, Position, Spec
from palms_spec.facts.sample import SampleFacts

Named = TypeVar("Named", Category, Position, Prompt)


def written_facts(model: Model | None) -> SampleFacts | None:
    """The texts of a document as if they were the turns of a sample, each in the role of what it is (`statement`,
    `title`, `prompt`); None where a document of its kind has none that are looked at."""
    if isinstance(model, Spec):
        turns = _of_spec(model)
    elif isinstance(model, PromptSet):
        turns = _of_prompts(model)
    elif isinstance(model, Dataset):
        turns = _fields("", title=model.title, system_prompt=model.system_prompt)
    else:
        return None
    return SampleFacts(Sample(None, list(turns)), ANONYMOUS)


def _of_spec(spec: Spec) -> Iterator[Turn]:
    yield from _fields("", title=spec.title, context=spec.context)
    for category in _once(spec.categories):
        pointer = named("/categories", category.id)
        yield from _fields(pointer, name=category.name)
        for position in _once(category.positions):
            yield from _fields(
                named(pointer + "/positions", position.id),
                subject=position.subject,
                statement=position.statement,
                rationale=position.rationale,
            )


def _of_prompts(prompts: PromptSet) -> Iterator[Turn]:
    for prompt in _once(prompts.prompts):
        pointer = named("/prompts", prompt.id)
        yield from _fields(pointer, text=prompt.text, template=prompt.template)
        for number, message in enumerate(prompt.messages or ()):
            yield Turn("prompt", message.content, f"{pointer}/messages/{number}/content")


def _fields(pointer: str, **texts: str | None) -> Iterator[Turn]:
    for field, text in texts.items():
        if text is not None:
            yield Turn("prompt" if field == "text" else field.replace("_", " "), text, f"{pointer}/{field}")


def _once(things: Iterable[Named]) -> Iterator[Named]:
    """The things that their ids lead to: of several with one id the first."""
    seen: set[str] = set()
    for thing in things:
        if thing.id not in seen:
            yield thing
        seen.add(thing.id)
