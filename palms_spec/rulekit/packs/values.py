"""The values that a path leads to, in a sample or in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from palms_spec.documents.context import named
from palms_spec.documents.given import ITEMS, Given
from palms_spec.documents.model import Model
from palms_spec.documents.packs import Where
from palms_spec.documents.sample import USER, Turn
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.sample import SampleFacts
from palms_spec.facts.specification import PromptSetFacts, SpecFacts
from palms_spec.sources.node import escape_step

Find = Callable[[Any], Iterator["Value"]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value with the pointer to it; its text begins `start` characters into what stands there.

    `value` is None where nothing stands there. `owner` is what tells the thing that has the value from its likes.
    """

    value: Any
    pointer: str
    start: int = 0
    owner: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether nothing is said: the field is not there, empty or blank."""
        return self.value is None or (isinstance(self.value, str | list | dict) and not _holds_something(self.value))

    @property
    def text(self) -> str | None:
        """The value, if it is text."""
        return self.value if isinstance(self.value, str) else None


def _holds_something(value: str | list[Any] | dict[str, Any]) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def values_at(given: Given, where: Where) -> Find:
    """What gives the values at a path: of `SampleFacts`, `SpecFacts`, `PromptSetFacts` or `DatasetFacts`."""
    if given.root == "samples":
        return lambda facts: _of_sample(facts, given, where)
    if given.root == "spec":
        return lambda facts: _of_spec(facts, given, where)
    if given.root == "prompts":
        return lambda facts: _of_prompts(facts, given, where)
    return lambda facts: _of_dataset(facts, given, where)


def _of_sample(facts: SampleFacts, given: Given, where: Where) -> Iterator[Value]:
    sample, context = facts.sample, facts.context
    if (where.category and sample.category not in where.category) or (where.role and context.role not in where.role):
        return
    if where.position and set(where.position).isdisjoint(sample.positions):
        return
    if where.language and not speaks(context.language, where.language):
        return
    first, *rest = given.steps
    if first == "messages":
        turns = [turn for turn in sample.turns if not where.speaker or turn.role in where.speaker]
        yield from map(_of_turn, turns)
    elif first == "prompt":
        yield from (_of_turn(turn) for turn in sample.prompt_turns if turn.role == USER)
    elif first == "completion":
        yield _of_turn(sample.answer) if sample.answer else Value(None, sample.pointer + "/completion")
    elif first == "rejected":
        yield from map(_of_turn, sample.rejected[-1:])
    else:
        yield from _walk(getattr(sample, first), rest, f"{sample.pointer}/{first}", "")


def _of_turn(turn: Turn) -> Value:
    return Value(turn.content, turn.pointer, turn.start)


def _of_spec(facts: SpecFacts, given: Given, where: Where) -> Iterator[Value]:
    if not where.language or speaks(facts.spec.language, where.language):
        wanted = {"/categories": where.category, "/positions": where.position}
        yield from _walk(facts.spec, given.steps, "", "", wanted)


def _of_prompts(facts: PromptSetFacts, given: Given, where: Where) -> Iterator[Value]:
    if where.language and not speaks(facts.prompts.language, where.language):
        return
    for prompt in facts.prompts.prompts:
        if where.category and prompt.category not in where.category:
            continue
        if where.position and set(where.position).isdisjoint(prompt.positions):
            continue
        if where.split and prompt.split not in where.split:
            continue
        pointer = named("/prompts", prompt.id)
        yield from _walk(prompt, given.steps, pointer, pointer)


def _of_dataset(facts: DatasetFacts, given: Given, where: Where) -> Iterator[Value]:
    dataset = facts.dataset
    if where.role and dataset.role not in where.role:
        return
    if not where.language or speaks(dataset.language, where.language):
        yield from _walk(dataset, given.steps, "", "")


def speaks(language: str, wanted: list[str]) -> bool:
    """Whether a language is one of those wanted: `en` stands for that of every country."""
    tag = language.lower()
    return any(tag == one.lower() or tag.startswith(one.lower() + "-") for one in wanted)


def _walk(
    thing: Any,
    steps: tuple[str, ...] | list[str],
    pointer: str,
    owner: str,
    wanted: dict[str, list[str]] | None = None,
) -> Iterator[Value]:
    """Every value that steps lead to from a thing. A field that is not set is a value that is missing."""
    if not steps:
        yield Value(thing, pointer, owner=owner)
        return
    step, *rest = steps
    if step == ITEMS:
        chosen = next((ids for end, ids in (wanted or {}).items() if ids and pointer.endswith(end)), None)
        for index, item in enumerate(thing if isinstance(thing, list) else ()):
            name = getattr(item, "id", None)
            if chosen is not None and name not in chosen:
                continue
            below = named(pointer, name) if isinstance(name, str) else f"{pointer}/{index}"
            yield from _walk(item, rest, below, below if isinstance(item, Model | dict) else owner, wanted)
        return
    if isinstance(thing, dict):
        found = thing.get(step)
    else:
        found = getattr(thing, step, None) if isinstance(thing, Model) else None
    below = f"{pointer}/{escape_step(step)}"
    if found is None and ITEMS in rest:
        return
    yield from _walk(found, rest if found is not None else (), below, owner, wanted)
