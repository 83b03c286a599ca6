"""The rules of a run: which there are, which are on, and their code, imported when it is first needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import ConfigurationError
from palms_spec.facts.references import Namespace
from palms_spec.findings import Severity
from palms_spec.rulekit.index import RuleRecord, read_index
from palms_spec.rulekit.loading import load_rule
from palms_spec.rulekit.rule import Rule, Subject

if TYPE_CHECKING:
    from palms_spec.rulekit.problem import Problem  # it stands on the models, which a warm run does without

ALL = "ALL"
PLUGIN_GROUP = "palms.rules"


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
    not stable has to be named. Raises ConfigurationError, which lists every name that is no rule.
    """
    records = tuple(records)
    check_names(records, [word for one in (choice, over) for word in (*one.select, *one.extend_select, *one.ignore)])
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
    if word in (record.name, record.code, *record.aliases):
        return _NAMED
    if word == record.family:
        return 2
    return 1 if word == ALL else 0


def check_names(records: Iterable[RuleRecord], names: Iterable[str]) -> None:
    """Raise ConfigurationError for names that stand for no rule and no family."""
    known = {ALL}
    for record in records:
        known.update((record.name, record.code, record.family, *record.aliases))
    problems = []
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or did_you_mean(name.upper(), known)
            problems.append(f"there is no rule {name}" + (f"; {hint}" if hint else ""))
    if problems:
        raise ConfigurationError(problems, hint="`palms rule` lists the rules")


@dataclass(slots=True)
class Rulebook:
    """The enabled rules, with the settings that differ from their defaults."""

    records: tuple[RuleRecord, ...]
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    _loaded: dict[str, Rule] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Rulebook], tuple[object, ...]]:
        """Pickled without the code of its rules: a worker imports what it needs."""
        return Rulebook, (self.records, self.settings)

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
            found = self._loaded[record.name] = load_rule(record.module)
        return found

    def setting(self, record: RuleRecord, name: str) -> Any:
        """The value of a setting of a rule."""
        return self.settings.get(record.name, {}).get(name, record.settings[name]["default"])

    def check(self, record: RuleRecord) -> Callable[[Any], Iterable[Problem]]:
        """The rule's generator, with its settings given."""
        rule = self.rule(record)
        if rule.settings is None:
            return rule.check
        return partial(rule.check, settings=_settings(rule, self.settings.get(rule.name, {})))


def _settings(rule: Rule, values: dict[str, Any]) -> Any:
    assert rule.settings is not None
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return dataclasses.replace(rule.settings(), **given)


def known_records(plugins: Iterable[str] = ()) -> tuple[RuleRecord, ...]:
    """All rules: those of palms, and those of the plug-ins named (names of entry points in the group `palms.rules`).

    Raises ConfigurationError for a plug-in that is not installed, or takes a name that is taken.
    """
    records, plugins = read_index(), tuple(plugins)
    return records + tuple(_plugin_records(records, plugins)) if plugins else records


def _plugin_records(records: tuple[RuleRecord, ...], plugins: tuple[str, ...]) -> Iterator[RuleRecord]:
    from importlib.metadata import entry_points

    from palms_spec.rulekit.index import record_of
    from palms_spec.rulekit.loading import rule_modules

    points = {point.name: point for point in entry_points(group=PLUGIN_GROUP)}
    missing = [
        f"plug-in {name} is not installed; {did_you_mean(name, points)}".rstrip("; ")
        for name in plugins
        if name not in points
    ]
    if missing:
        raise ConfigurationError(missing)
    taken = {word: "palms" for record in records for word in (record.name, record.code)}
    for name in plugins:
        for module in rule_modules(points[name].value):
            rule = load_rule(module)
            for word in (rule.name, rule.code):
                if word in taken:
                    raise ConfigurationError([f"plug-in {name} brings a rule {word}, which {taken[word]} has already"])
                taken[word] = name
            yield record_of(rule, module)


def effective_severity(record: RuleRecord, draft: bool) -> Severity:
    """The severity of a rule's findings: completeness is a note as long as a dataset is a draft."""
    return "note" if record.completeness and draft else record.severity
