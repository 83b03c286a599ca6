"""The rules of plug-ins, as records: distributions that name a package of rules as an entry point in `palms.rules`.

A plug-in's modules are imported once for each release of it; in later runs its records come from the cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.packing import dumps, loads
from palms_spec.errors import ConfigurationError, PalmsError
from palms_spec.rulekit.index import RuleRecord, record_from

GROUP = "palms.rules"


def plugin_records(names: Iterable[str], cache: Cache) -> list[RuleRecord]:
    """The rules of the plug-ins named. Raises ConfigurationError for one that is not installed or cannot be loaded."""
    points: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        points.setdefault(point.name, []).append(point)
    names = tuple(dict.fromkeys(names))
    problems = []
    for name in names:
        found = {point.value: _distribution(point) for point in points.get(name, ())}
        if not found:
            hint = did_you_mean(name, points)
            problems.append(f"plug-in {name} is not installed" + (f"; {hint}" if hint else ""))
        elif len(found) > 1:
            problems.append(f"plug-in {name} is brought by {' and by '.join(sorted(found.values()))}")
    if problems:
        raise ConfigurationError(problems, hint="plug-ins are named by their entry points in the group palms.rules")
    return [record for name in names for record in _records(points[name][0], cache)]


def _records(point: EntryPoint, cache: Cache) -> list[RuleRecord]:
    release = f"{_distribution(point)} {_state(point)}"
    key = key_over("plug-in", point.name, point.value, release)
    if (value := cache.get(key)) is not None:
        return [record_from(row) for row in loads(value)]
    try:
        records = [replace(record, release=release) for record in _imported(point)]
    except PalmsError as error:
        raise ConfigurationError([f"plug-in {point.name}: {error.message}"], hint=error.hint) from error
    except Exception as error:  # a plug-in's modules may fail in any way
        message = f"plug-in {point.name} cannot be loaded: {type(error).__name__}: {error}"
        raise ConfigurationError([message], hint=f"mend it, or take {point.name} out of plugins") from error
    cache.put(key, dumps([asdict(record) for record in records]))
    return records


def _imported(point: EntryPoint) -> Iterator[RuleRecord]:
    from palms_spec.rulekit.index import record_of
    from palms_spec.rulekit.loading import load_rule, rule_modules

    modules = list(rule_modules(point.value))
    if not modules:
        raise PalmsError(f"{point.value} holds no rules", hint="one module a rule, named as the rule")
    for module in modules:
        yield replace(record_of(load_rule(module), module), origin=f"plug-in {point.name}")


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value


def _state(point: EntryPoint) -> int:
    """When the plug-in's code last changed, which it can without a new version where it is being worked on."""
    try:
        spec = find_spec(point.value)
    except (ImportError, ValueError):
        return 0
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    return max((path.stat().st_mtime_ns for folder in folders for path in Path(folder).rglob("*.py")), default=0)
