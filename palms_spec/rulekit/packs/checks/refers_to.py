from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palms_spec.documents.given import Given
from palms_spec.documents.packs import Where
from palms_spec.documents.suggestion import nearest
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.sample import SampleFacts
from palms_spec.facts.specification import PromptSetFacts, SpecFacts
from palms_spec.rulekit.packs.comparing import comparable
from palms_spec.rulekit.packs.reporting import Reporter
from palms_spec.rulekit.packs.values import Find, values_at
from palms_spec.rulekit.packs.writing import shortened, written
from palms_spec.rulekit.problem import Problem

MESSAGE = "{field} names {value}, which is not there"
NOWHERE = Where()


def problems(find: Find, to: Given, report: Reporter, facts: Any) -> Iterator[Problem]:
    """The values that name nothing. Where there is no document to look in, nothing is said."""
    known: frozenset[str] | None = None
    for value in comparable(find(facts)):
        if known is None and (known := _known(to, facts)) is None:
            return
        name = written(value.value)
        if known is not None and name not in known:
            yield report(value, {"value": shortened(name), "what": nearest(name, sorted(known))})


def _known(to: Given, facts: Any) -> frozenset[str] | None:
    if isinstance(facts, SampleFacts):
        names = facts.context.references.get(to.text)
        return None if names is None else frozenset(names)
    return None if (found := named_in(to, facts)) is None else frozenset(found)


def named_in(to: Given, facts: SpecFacts | PromptSetFacts | DatasetFacts) -> list[str] | None:
    """The values at a path that can be named from a document: its own, those of its specification and its prompts."""
    sources, values = _sources(to, facts), values_at(to, NOWHERE)
    if not sources:
        return None
    return [written(value.value) for source in sources for value in comparable(values(source))]


def _sources(to: Given, facts: SpecFacts | PromptSetFacts | DatasetFacts) -> list[Any]:
    if isinstance(facts, SpecFacts):
        if to.root == "spec":
            return [facts]
        return [PromptSetFacts(path, prompts, facts.spec) for path, prompts in facts.prompt_sets]
    if isinstance(facts, PromptSetFacts):
        if to.root == "prompts":
            return [facts]
        return [SpecFacts("", facts.spec)] if facts.spec is not None else []
    if to.root == "dataset":
        return [facts]
    return [SpecFacts(facts.spec_path, facts.spec)] if facts.spec is not None else []
