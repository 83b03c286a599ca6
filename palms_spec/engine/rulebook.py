"""The rules of a run: which there are, which are on, and their code, imported when it is first needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from palms_spec.engine.timing import Timing
from palms_spec.facts.references import Namespace
from palms_spec.findings import Severity
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.loading import load_rule
from palms_spec.rulekit.rule import Rule, Subject

if TYPE_CHECKING:
    from palms_spec.rulekit.problem import Problem  # it stands on the models, which a warm run does without

ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules a run is to use: names, codes, families or `ALL`, which is what is selected by default."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


NO_CHOICE = Choice()


def enabled(records: Iterable[RuleRecord], choice: Choice, over: Choice = NO_CHOICE) -> tuple[RuleRecord, ...]:
    """The records that a choice turns on, with the choice of the command line over it.

    What names a rule wins over what names its family, and that over `ALL`; between equals `ignore` wins. A rule that is
    not stable has to be named.
    """
    return tuple(record for record in records if _is_on(record, choice, over))


def _is_on(record: RuleRecord, choice: Choice, over: Choice) -> bool:
    wanted = _strongest(record, (*over.select, *over.extend_select))
    refused = _strongest(record, over.ignore)
    if not wanted and not refused:
        if over.select:
            return False
        wanted = _strongest(record, (*(choice.select or (ALL,)), *choice.extend_select))
        refused = _strongest(record, choice.ignore)
    return wanted > refused and (record.stability == "stable" or wanted == _NAMED)


def _strongest(record: RuleRecord, words: Iterable[str]) -> int:
    return max((_strength(record, word) for word in words), default=0)


_NAMED = 3


def _strength(record: RuleRecord, word: str) -> int:
    if word in record.words:
        return _NAMED
    if word == record.family:
        return 2
    return 1 if word == ALL else 0


def named(records: Iterable[RuleRecord], words: Iterable[str]) -> frozenset[str]:
    """The names of the rules that words stand for: names, codes, families or `ALL`."""
    words = tuple(words)
    return frozenset(record.name for record in records if _strongest(record, words))


@dataclass(slots=True)
class Rulebook:
    """The enabled rules, with the settings that differ from their defaults. With `timing` their time is measured."""

    records: tuple[RuleRecord, ...]
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    timing: Timing | None = None
    _loaded: dict[str, Rule] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Rulebook], tuple[object, ...]]:
        """Pickled without the code of its rules: a worker imports what it needs, and measures for itself."""
        return Rulebook, (self.records, self.settings, None if self.timing is None else Timing())

    def of(self, subject: Subject) -> Iterator[RuleRecord]:
        """The rules about a subject. A rule about groups may look at documents as well."""
        if subject == "group":
            return (record for record in self.records if record.namespaces)
        return (record for record in self.records if record.subject == subject)

    @property
    def namespaces(self) -> frozenset[int]:
        """The namespaces in which keys are asked for. Near samples are found by way of their bands."""
        asked = {namespace for record in self.of("group") for namespace in record.namespaces}
        if Namespace.NEAR_SAMPLE in asked:
            asked.add(Namespace.BAND)
        return frozenset(asked)

    def rule(self, record: RuleRecord) -> Rule:
        """The rule itself."""
        found = self._loaded.get(record.name)
        if found is None:
            found = self._loaded[record.name] = _written(record) if record.definition else load_rule(record.module)
        return found

    def keys(self, record: RuleRecord) -> Callable[[Any], Iterable[str]] | None:
        """What gives the keys of a sample that are the rule's own, if it has any."""
        return self.rule(record).keys if Namespace.RULE in record.namespaces else None

    def setting(self, record: RuleRecord, name: str) -> Any:
        """The value of a setting of a rule."""
        return self.settings.get(record.name, {}).get(name, record.settings[name]["default"])

    def check(self, record: RuleRecord) -> Callable[[Any], Iterable[Problem]]:
        """The rule's generator, with its settings given."""
        rule = self.rule(record)
        check: Callable[[Any], Iterable[Problem]] = rule.check
        if rule.settings is not None:
            check = partial(rule.check, settings=_settings(rule, self.settings.get(rule.name, {})))
        return check if self.timing is None else self.timing.timed(rule.name, check)


def _settings(rule: Rule, values: dict[str, Any]) -> Any:
    assert rule.settings is not None
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return dataclasses.replace(rule.settings(), **given)


def _written(record: RuleRecord) -> Rule:
    """The rule that stands in a pack."""
    from palms_spec.rulekit.packs.making import Entry, pack_rule

    return pack_rule(Entry(**record.definition))


def effective_severity(record: RuleRecord, draft: bool) -> Severity:
    """The severity of a rule's findings: completeness is a note as long as a dataset is a draft."""
    return "note" if record.completeness and draft else record.severity
