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
        if name not in known:
            yield report(value, {"value": shortened(name), "what": nearest(name, sorted(known))})


def _known(to: Given, facts: Any) -> frozenset[str] | None:
    names = facts.context.named.get(to.text) if isinstance(facts, SampleFacts) else named_among(to, _sources(to, facts))
    return None if names is None else frozenset(names)


def named_among(to: Given, sources: list[Any]) -> list[str] | None:
    """The values at a path of some documents; None where there are no documents."""
    if not sources:
        return None
    values = values_at(to, NOWHERE)
    return [written(value.value) for source in sources for value in comparable(values(source))]


def _sources(to: Given, facts: SpecFacts | PromptSetFacts | DatasetFacts) -> list[Any]:
    """Where a value of a document may refer to: the document itself, its specification, or its prompts."""
    if isinstance(facts, SpecFacts):
        if to.root == "spec":
            return [facts]
        return [PromptSetFacts(path, prompts, facts.spec) for path, prompts in facts.prompt_sets]
    if to.root == ("prompts" if isinstance(facts, PromptSetFacts) else "dataset"):
        return [facts]
    return [SpecFacts("", facts.spec)] if facts.spec is not None else []
