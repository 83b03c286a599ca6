from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palms_spec.documents.pack_checks import Unique
from palms_spec.facts.group import Group, Member
from palms_spec.rulekit.packs.comparing import Comparison, comparable, elsewhere, folded, sample_sets
from palms_spec.rulekit.packs.reporting import Reporter
from palms_spec.rulekit.packs.values import Find, Value
from palms_spec.rulekit.packs.writing import shortened, written
from palms_spec.rulekit.problem import Elsewhere, Problem

MESSAGE = "{field} “{value}” is there {count} times"
HINT = "change one of them, or take it out"
SHOWN = 8


def comparison(check: Unique, find: Find, report: Reporter) -> Comparison:
    """No value is there twice: one problem a value, at the second place."""

    def in_document(facts: Any) -> Iterator[Problem]:
        found: dict[str, list[Value]] = {}
        for value in comparable(find(facts)):
            found.setdefault(folded(value, check.case), []).append(value)
        for values in found.values():
            if len(values) > 1:
                first, second, *others = values
                related = [Elsewhere("first here", path=facts.path, pointer=first.pointer)]
                related += [Elsewhere("and here", path=facts.path, pointer=one.pointer) for one in others[: SHOWN - 1]]
                yield report(second, _said(second, len(values)), related=tuple(related))

    def in_group(group: Group, shared: str) -> Iterator[Problem]:
        def value_of(member: Member) -> Value:
            values = comparable(find(group.sample(member)))
            return next(value for value in values if folded(value, check.case) == shared)

        for members in sample_sets(group, check.within):
            first, second, *others = members
            related = [elsewhere("first here", first, value_of(first))]
            related += [elsewhere("and here", member, value_of(member)) for member in others[: SHOWN - 1]]
            value, causes = value_of(second), tuple(sorted({member.path for member in members}))
            yield report(value, _said(value, len(members)), related=tuple(related), member=second, causes=causes)

    def keys(facts: Any) -> Iterator[str]:
        return (folded(value, check.case) for value in comparable(find(facts)))

    return Comparison(in_document, keys, in_group)


def _said(value: Value, count: int) -> dict[str, str]:
    return {"value": shortened(written(value.value)), "count": str(count)}
