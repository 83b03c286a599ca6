from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from palms_spec.documents.given import parse_given
from palms_spec.documents.pack_checks import Consistent
from palms_spec.documents.packs import Where
from palms_spec.facts.group import Group, Member
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.packs.comparing import Comparison, comparable, elsewhere, folded, sample_sets
from palms_spec.rulekit.packs.reporting import Reporter
from palms_spec.rulekit.packs.values import Find, Value, values_at
from palms_spec.rulekit.packs.writing import shortened, written
from palms_spec.rulekit.problem import Elsewhere, Problem

MESSAGE = "{field} is {value} here and {other} there"
HINT = "make them equal"


def comparison(check: Consistent, find: Find, report: Reporter) -> Comparison:
    """What is equal at `by` is equal here: each that differs from the first is a problem; of samples, the first that
    does. What says nothing here is passed over."""
    find_by = values_at(parse_given(check.by), Where())

    def in_document(facts: Any) -> Iterator[Problem]:
        by = {value.owner: folded(value, check.case) for value in comparable(find_by(facts))}
        firsts: dict[str, Value] = {}
        for value in comparable(find(facts)):
            if value.owner not in by:
                continue
            first = firsts.setdefault(by[value.owner], value)
            if folded(first, check.case) != folded(value, check.case):
                related = Elsewhere("there", path=facts.path, pointer=first.pointer)
                yield report(value, _said([value], [first]), related=(related,))

    def in_group(group: Group, shared: str) -> Iterator[Problem]:
        for members in sample_sets(group, check.within):
            first: tuple[Member, list[Value]] | None = None
            for member in members:
                values = list(comparable(find(group.sample(member))))
                if first is None and values:
                    first = member, values
                elif first is not None and values:
                    known = {folded(value, check.case) for value in first[1]}
                    if known == {folded(value, check.case) for value in values}:
                        continue
                    at = next((value for value in values if folded(value, check.case) not in known), values[0])
                    related = elsewhere("there", first[0], first[1][0])
                    causes = tuple(sorted({member.path, first[0].path}))
                    yield report(at, _said(values, first[1]), related=(related,), member=member, causes=causes)
                    break

    def keys(facts: Any) -> Iterator[str]:
        return (folded(value, check.case) for value in comparable(find_by(facts)))

    return Comparison(in_document, keys, in_group)


def _said(values: Sequence[Value], others: Sequence[Value]) -> dict[str, str]:
    return {"value": _listed(values), "other": _listed(others)}


def _listed(values: Sequence[Value]) -> str:
    return listed([shortened(written(value.value)) for value in values])
