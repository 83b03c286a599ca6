"""What a check that compares values with each other is made of, in one document and over many samples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from palms_spec.documents.identity import normalized
from palms_spec.documents.pack_checks import Case
from palms_spec.facts.group import Group, Member
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.packs.writing import written
from palms_spec.rulekit.problem import Elsewhere, Problem


@dataclass(frozen=True, slots=True)
class Comparison:
    """`in_document` is given facts that have a path. `keys` are what samples share that are to be compared, and
    `in_group` is given the samples that share a key, and the key."""

    in_document: Callable[[Any], Iterator[Problem]]
    keys: Callable[[SampleFacts], Iterable[str]]
    in_group: Callable[[Group, str], Iterator[Problem]]


def comparable(values: Iterable[Value]) -> Iterator[Value]:
    """The values that can be compared: those that are there and are single ones."""
    return (value for value in values if not value.is_missing and not isinstance(value.value, list | dict))


def folded(value: Value, case: Case) -> str:
    """What is compared of a value: white space and, with `fold`, case make no difference."""
    text = normalized(written(value.value))
    return text.casefold() if case == "fold" else text


def sample_sets(group: Group, within: str | None) -> Iterator[list[Member]]:
    """The samples of a group that are compared with each other: two or more of one dataset, or of the project."""
    if within != "project":
        yield from group.sample_sets()
    elif len(samples := group.of_kind("sample")) > 1:
        yield samples


def elsewhere(label: str, member: Member, value: Value) -> Elsewhere:
    """A value of a sample of the group, as a second place."""
    return Elsewhere(label, member, pointer=value.pointer)
